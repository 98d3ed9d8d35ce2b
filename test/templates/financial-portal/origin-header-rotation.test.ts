import { expect } from 'chai';
import { edge } from '../../../templates/systems/financial-portal/edge';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, ofType, resolved, type EnvironmentName } from './built';

const [home, copies] = ['ap-southeast-1', 'us-east-1'];
const arn = (service: string, region: string, resource: string): string => `arn:aws:${service}:${region}:111111111111:${resource}`;
const keys = { [home]: arn('kms', home, 'key/default'), [copies]: arn('kms', copies, 'key/default') };
const rule = (region: string, id: number): string => arn('elasticloadbalancing', region, `listener-rule/app/alb/1/2/${id}`);
const topic = arn('sns', copies, 'alarms');
const parameters = {
  DomainName: 'portal.example.com',
  HostedZoneId: 'Z1',
  DefaultKeyArn: keys[copies] ?? '',
  PrimaryDefaultKeyArn: keys[home] ?? '',
  AlarmTopicArn: topic,
  PrimaryOriginRuleArns: [rule(home, 1), rule(home, 2)].join(),
  SecondaryOriginRuleArns: rule(copies, 3),
};
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };
const id = 'RotateOriginHeader';

/** Some properties of a resource, by its type and what its id adds to the function's. */
type Of = (type: string, suffix: string, ...keys: readonly string[]) => unknown;

function everywhere(title: string, holds: (of: Of, named: (part: string) => string, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    requirement('FIN-32', `${title}: ${environment}`, () => {
      const stack = resolved(edge, 'us-east-1', environment, parameters);
      const of: Of = (type, suffix, ...properties) => {
        const own = ofType(stack, type)[`${id}${suffix}`] as Readonly<Record<string, unknown>>;
        return plain(Object.fromEntries(properties.map((key) => [key, own[key]])));
      };
      holds(of, (part) => `fin-${part}-${shorts[environment]}-main`, environment);
    });
  }
}

describe('Financial portal rotation of the origin header', () => {
  everywhere('may do what a rotation takes to this distribution, these rules and these secrets, and nothing else', (of, named) => {
    const secrets = (region: string) => ['origin-header', 'origin-header-next'].map((part) => arn('secretsmanager', region, `secret:${named(part)}-??????`));
    const allow = (Action: readonly string[], Resource: unknown, Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
    const through = (region: string) => ({
      StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com`, 'kms:CallerAccount': '111111111111' },
      StringLike: { 'kms:EncryptionContext:SecretARN': secrets(region) },
    });
    const Statement = [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], ['RotateOriginHeaderLog.Arn']),
      allow(['sqs:SendMessage'], ['RotateOriginHeaderFailures.Arn']),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys[copies]], { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } }),
      allow(['cloudfront:GetDistribution', 'cloudfront:UpdateDistribution'], [{ 'Fn::Join': ['', ['arn:aws:cloudfront::111111111111:distribution/', 'Distribution']] }]),
      allow(['wafv2:GetWebACL'], ['WebAcl.Arn']),
      allow(['elasticloadbalancing:DescribeRules'], ['*'], { StringEquals: { 'aws:RequestedRegion': [home, copies] } }),
      allow(['elasticloadbalancing:ModifyRule'], [rule(home, 1), rule(home, 2)]),
      allow(['elasticloadbalancing:ModifyRule'], [rule(copies, 3)]),
      allow(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], secrets(home)),
      allow(['secretsmanager:GetSecretValue'], secrets(copies)),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys[home]], through(home)),
      allow(['kms:Decrypt'], [keys[copies]], through(copies)),
    ];
    expect(of('AWS::IAM::Role', 'Role', 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns')).to.deep.equal({
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['sts:AssumeRole'] }] },
      Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }],
      ManagedPolicyArns: undefined,
    });
  });

  everywhere('knows the distribution, both secrets and the rules of both regions, and ends no value before three quiet minutes', (of, named) => {
    expect(of('AWS::Serverless::Function', '', 'CodeUri', 'Role', 'Timeout', 'Environment', 'DeadLetterQueue')).to.deep.equal({
      CodeUri: 'function:rotate-origin-header',
      Role: 'RotateOriginHeaderRole.Arn',
      Timeout: 900,
      Environment: {
        Variables: {
          DISTRIBUTION_ID: 'Distribution',
          HEADER_NAME: 'x-origin-verify',
          CURRENT_HEADER: named('origin-header'),
          NEXT_HEADER: named('origin-header-next'),
          HOME_REGION: home,
          RULE_ARNS: [rule(home, 1), rule(home, 2), rule(copies, 3)].join(),
          ROTATION_DAYS: '90',
          QUIET_SECONDS: '180',
        },
      },
      DeadLetterQueue: { Type: 'SQS', TargetArn: 'RotateOriginHeaderFailures.Arn' },
    });
  });

  everywhere('looks every hour by itself; a call that is not delivered is kept', (of) => {
    expect(of('AWS::Events::Rule', 'Hourly', 'State', 'ScheduleExpression', 'Targets')).to.deep.equal({
      State: 'ENABLED',
      ScheduleExpression: 'rate(1 hour)',
      Targets: [{ Id: 'function', Arn: 'RotateOriginHeader.Arn', DeadLetterConfig: { Arn: 'RotateOriginHeaderFailures.Arn' }, RetryPolicy: { MaximumEventAgeInSeconds: 3600 } }],
    });
    expect(of('AWS::Lambda::Permission', 'HourlyPermission', 'FunctionName', 'Action', 'Principal', 'SourceArn')).to.deep.equal({
      FunctionName: id,
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: 'RotateOriginHeaderHourly.Arn',
    });
  });

  everywhere('keeps what failed in an encrypted queue, which takes it over TLS and from its own rule', (of, named) => {
    expect(of('AWS::SQS::Queue', 'Failures', 'QueueName', 'KmsMasterKeyId')).to.deep.equal({ QueueName: named('rotate-origin-header-failures'), KmsMasterKeyId: keys[copies] });
    expect(of('AWS::SQS::QueuePolicy', 'FailuresPolicy', 'Queues', 'PolicyDocument')).to.deep.equal({
      Queues: ['RotateOriginHeaderFailures'],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'RulesMayFail',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['sqs:SendMessage'],
            Resource: ['RotateOriginHeaderFailures.Arn'],
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' }, ArnEquals: { 'aws:SourceArn': ['RotateOriginHeaderHourly.Arn'] } },
          },
          { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['sqs:*'], Resource: ['RotateOriginHeaderFailures.Arn'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
  });

  everywhere('tells of one failure, and of what waits in the queue', (of, named) => {
    const once = { ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, Period: 300, EvaluationPeriods: 1, TreatMissingData: 'notBreaching', AlarmActions: [topic] };
    const alarm = (suffix: string) => of('AWS::CloudWatch::Alarm', suffix, 'AlarmName', 'Namespace', 'MetricName', 'Dimensions', 'Statistic', ...Object.keys(once));
    expect(alarm('ErrorsAlarm')).to.deep.equal({
      AlarmName: named('rotate-origin-header-errors'),
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: id }],
      Statistic: 'Sum',
      ...once,
    });
    expect(alarm('FailuresAlarm')).to.deep.equal({
      AlarmName: named('rotate-origin-header-failures'),
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: named('rotate-origin-header-failures') }],
      Statistic: 'Maximum',
      ...once,
    });
  });

  everywhere('logs encrypted, for as long as the environment keeps logs', (of, named, environment) => {
    expect(of('AWS::Logs::LogGroup', 'Log', 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({
      LogGroupName: `/aws/lambda/${named('rotate-origin-header')}`,
      RetentionInDays: environment === 'production' ? 400 : 14,
      KmsKeyId: keys[copies],
    });
  });
});
