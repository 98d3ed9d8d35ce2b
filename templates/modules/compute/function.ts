import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Function as ServerlessFunction } from '../../../src/cfn/generated/serverless';
import { logGroup } from '../monitoring/log-group';
import { allow, arn, type Statement } from '../security/policy';
import { serviceRole } from '../security/role';
import { mayTrace } from './tracing';

/** Where in a VPC a function runs. It reaches what its security group lets it reach, and the internet only by way of a NAT gateway. */
export interface FunctionNetwork {
  /** Subnets in at least two zones. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
}

/** A Lambda function from `src/functions`. */
export interface FunctionSettings {
  /** Folder in `src/functions`. */
  readonly source: string;
  /** The function's part in names. @default `source`; two deployments of a region that use the same source need two */
  readonly name?: string;
  readonly description: string;
  /** What its code may do, beside writing its own log. */
  readonly statements: readonly Statement[];
  /** Key of its log group. @default the service's own encryption, where no key of ours stands yet */
  readonly keyArn?: IntrinsicFunction;
  /** Seconds until Lambda stops it. @default 60 */
  readonly timeout?: number;
  /** MiB; CPU grows with it. @default 256, the least with which the AWS SDK starts quickly */
  readonly memorySize?: number;
  /** Days that its log stays. @default 365, because its log is an audit trail of what a rollout did */
  readonly logRetentionInDays?: number;
  /** Environment variables; no secrets, which the console shows to anyone who may see the function. @default none */
  readonly environment?: Readonly<Record<string, Value<string>>>;
  /** Where events go that it failed to handle three times; the queue's key is `keyArn`. @default nowhere: who waits for the answer sees the failure */
  readonly deadLetters?: Handle<'AWS::SQS::Queue', 'Arn' | 'QueueName' | 'QueueUrl'>;
  /** Puts it into a VPC, for what can be reached only there. @default outside: most functions call AWS APIs only */
  readonly network?: FunctionNetwork;
  /** Sends traces of its invocations to X-Ray. @default false: nobody looks at the traces of what runs once a rollout */
  readonly traced?: boolean;
  readonly when?: Condition;
}

/**
 * The rights by which Lambda connects a function to its VPC, denied to the function's own code. Network interfaces that do not
 * exist yet have no ARN.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
function networkRights(functionName: Name): readonly Statement[] {
  const actions = ['AssignPrivateIpAddresses', 'CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces', 'DescribeSubnets', 'UnassignPrivateIpAddresses'];
  const manage = actions.map((action) => `ec2:${action}`);
  const byItsCode = { ArnEquals: { 'lambda:SourceFunctionArn': arn('lambda', `function:${functionName.text}`) } };
  return [allow(manage, ['*']), { Effect: 'Deny', Action: manage, Resource: ['*'], Condition: byItsCode }];
}

/** The rights by which Lambda sends what failed to an encrypted queue, in the function's name. */
function deadLetterRights(queue: NonNullable<FunctionSettings['deadLetters']>, keyArn: IntrinsicFunction | undefined): readonly Statement[] {
  const send = allow(['sqs:SendMessage'], [queue.att('Arn')]);
  if (!keyArn) return [send];
  return [send, allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], { StringEquals: { 'kms:ViaService': Fn.Sub('sqs.${AWS::Region}.${AWS::URLSuffix}') } })];
}

/**
 * A function on arm64 and a current Node, with its own role and log group. Authored as SAM, expanded before a StackSet sees it.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
export function lambdaFunction(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FunctionSettings): Handle<'AWS::Serverless::Function', string> {
  const { source, name: part = source, description, statements, keyArn, timeout = 60, memorySize = 256, logRetentionInDays = 365, environment, deadLetters, network, traced = false, when } = settings;
  const name = t.resourceName(part);
  const log = logGroup(t, `${id}Log`, { name: name.after('/aws/lambda/'), retentionInDays: logRetentionInDays, keyArn: keyArn ?? Aws.noValue, when });
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName(part, 'account'),
    description: `Role of the ${part} function`,
    service: 'lambda.amazonaws.com',
    // Lambda sends no source account when it assumes an execution role.
    trustCondition: 'none',
    // The ARN ends in `:*`, which covers the streams.
    statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [log.att('Arn')]), ...(network ? networkRights(name) : []), ...(deadLetters ? deadLetterRights(deadLetters, keyArn) : []), ...(traced ? [mayTrace] : []), ...statements],
    when,
  });
  return t.add(
    id,
    new ServerlessFunction({
      FunctionName: name,
      Description: description,
      Architectures: ['arm64'],
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      CodeUri: `function:${source}`,
      Role: role.att('Arn'),
      Timeout: timeout,
      MemorySize: memorySize,
      LoggingConfig: { LogGroup: log.ref() },
      ...(environment ? { Environment: { Variables: environment } } : {}),
      ...(deadLetters ? { DeadLetterQueue: { Type: 'SQS', TargetArn: deadLetters.att('Arn') } } : {}),
      ...(traced ? { Tracing: 'Active' } : {}),
      ...(network ? { VpcConfig: { SubnetIds: network.subnetIds, SecurityGroupIds: [network.securityGroupId] } } : {}),
    }),
    { when },
  );
}
