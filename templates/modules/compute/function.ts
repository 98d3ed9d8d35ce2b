import { Aws, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Function as ServerlessFunction } from '../../../src/cfn/generated/serverless';
import { logGroup } from '../monitoring/log-group';
import { allow, arn, type Statement } from '../security/policy';
import { serviceRole } from '../security/role';

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
  /** Puts it into a VPC, for what can be reached only there. @default outside: most functions call AWS APIs only */
  readonly network?: FunctionNetwork;
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

/**
 * A function on arm64 and a current Node, with its own role and log group. Authored as SAM, expanded before a StackSet sees it.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
export function lambdaFunction(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FunctionSettings): Handle<'AWS::Serverless::Function', string> {
  const { source, name: part = source, description, statements, keyArn, timeout = 60, memorySize = 256, logRetentionInDays = 365, environment, network, when } = settings;
  const name = t.resourceName(part);
  const log = logGroup(t, `${id}Log`, { name: name.after('/aws/lambda/'), retentionInDays: logRetentionInDays, keyArn: keyArn ?? Aws.noValue, when });
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName(part, 'account'),
    description: `Role of the ${part} function`,
    service: 'lambda.amazonaws.com',
    // Lambda sends no source account when it assumes an execution role.
    trustCondition: 'none',
    // The ARN ends in `:*`, which covers the streams.
    statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [log.att('Arn')]), ...(network ? networkRights(name) : []), ...statements],
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
      ...(network ? { VpcConfig: { SubnetIds: network.subnetIds, SecurityGroupIds: [network.securityGroupId] } } : {}),
    }),
    { when },
  );
}
