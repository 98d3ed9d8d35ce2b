import { expect } from 'chai';
import { account } from './built';
import { everywhere, parameters, rights, rightsOf, services, type ComputeInstance } from './compute-instance';

/** The Spot weight of an environment, against an on-demand weight of one. */
const spotWeight = ({ environment }: ComputeInstance): number => (environment === 'production' ? 3 : 9);

const serviceArns = ({ arn, named }: ComputeInstance): readonly string[] => services.map(({ name }) => arn('ecs', `service/${named('cluster')}/${named(name)}`));

/** The target of each rule. */
const Targets = [{ Id: 'function', Arn: 'SpotShortage.Arn', DeadLetterConfig: { Arn: 'SpotShortageFailures.Arn' }, RetryPolicy: { MaximumEventAgeInSeconds: 3600 } }];

describe('Financial portal compute: Fargate Spot', () => {
  everywhere('FIN-12', 'has Fargate and Fargate Spot in its cluster, and runs on demand what names neither', ({ of }) => {
    expect(of('ClusterCapacity')).to.deep.equal({ Cluster: 'Cluster', CapacityProviders: ['FARGATE', 'FARGATE_SPOT'], DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }] });
    expect(of('Cluster', 'CapacityProviders')).to.deep.equal({ CapacityProviders: undefined });
  });

  for (const { id, name } of services) {
    everywhere('FIN-12 FIN-13', `runs the first three ${name} tasks on demand, and most of the others on Spot`, (instance) => {
      expect(instance.of(id, 'CapacityProviderStrategy')).to.deep.equal({
        CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 3, Weight: 1 }, { CapacityProvider: 'FARGATE_SPOT', Weight: spotWeight(instance) }],
      });
    });
  }
});

describe('Financial portal compute: a shortage of Fargate Spot', () => {
  everywhere('FIN-13', 'calls a function when there is no capacity for a task of the services, or a Spot task of theirs is taken back', (instance) => {
    const { of, named } = instance;
    const clusterArn = ['Cluster.Arn'];
    expect(of('SpotShortagePlacement', 'State', 'EventPattern', 'Targets')).to.deep.equal({
      State: 'ENABLED',
      EventPattern: { source: ['aws.ecs'], 'detail-type': ['ECS Service Action'], resources: serviceArns(instance), detail: { clusterArn, eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'], reason: ['RESOURCE:FARGATE'] } },
      Targets,
    });
    expect(of('SpotShortageInterruption', 'State', 'EventPattern', 'Targets')).to.deep.equal({
      State: 'ENABLED',
      EventPattern: { source: ['aws.ecs'], 'detail-type': ['ECS Task State Change'], detail: { clusterArn, group: services.map(({ name }) => `service:${named(name)}`), stopCode: ['SpotInterruption'] } },
      Targets,
    });
  });

  everywhere('FIN-13', 'looks every hour whether the shortage is over', ({ of }) => {
    expect(of('SpotShortageReturn', 'State', 'ScheduleExpression', 'Targets')).to.deep.equal({ State: 'ENABLED', ScheduleExpression: 'rate(1 hour)', Targets });
  });

  everywhere('FIN-13', 'tells the function the strategies that the services have in the template', (instance) => {
    const { Environment } = instance.of('SpotShortage', 'Environment') as { readonly Environment: { readonly Variables: Readonly<Record<string, string>> } };
    const { STRATEGIES, ...others } = Environment.Variables;
    const strategy = [{ capacityProvider: 'FARGATE', base: 3, weight: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: spotWeight(instance) }];
    expect(JSON.parse(STRATEGIES ?? '')).to.deep.equal(Object.fromEntries(services.map(({ name }) => [instance.named(name), strategy])));
    expect(others).to.deep.equal({ CLUSTER: 'Cluster', QUIET_HOURS: '4' });
  });

  everywhere('FIN-13 FIN-49', 'lets the function describe and update the two services, write its log and keep what it could not handle', (instance) => {
    expect(rightsOf(instance, 'SpotShortageRole')).to.deep.equal(rights(
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: ['SpotShortageLog.Arn'] },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['SpotShortageFailures.Arn'] },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [parameters.DefaultKeyArn], Condition: { StringEquals: { 'kms:ViaService': `sqs.${instance.region}.amazonaws.com` } } },
      { Effect: 'Allow', Action: ['ecs:DescribeServices', 'ecs:UpdateService'], Resource: serviceArns(instance) },
    ));
  });

  everywhere('FIN-13', 'lets each rule, and nobody else, call the function', ({ of }) => {
    for (const rule of ['SpotShortagePlacement', 'SpotShortageInterruption', 'SpotShortageReturn']) {
      expect(of(`${rule}Permission`)).to.deep.equal({ FunctionName: 'SpotShortage', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: `${rule}.Arn` });
    }
  });

  everywhere('FIN-13 FIN-50', 'keeps for two weeks, encrypted, what the function could not handle', ({ of, named }) => {
    expect(of('SpotShortageFailures', 'QueueName', 'KmsMasterKeyId', 'MessageRetentionPeriod', 'RedriveAllowPolicy')).to.deep.equal({
      QueueName: named('spot-shortage-failures'),
      KmsMasterKeyId: parameters.DefaultKeyArn,
      MessageRetentionPeriod: 1_209_600,
      RedriveAllowPolicy: { redrivePermission: 'denyAll' },
    });
    expect(of('SpotShortage', 'DeadLetterQueue')).to.deep.equal({ DeadLetterQueue: { Type: 'SQS', TargetArn: 'SpotShortageFailures.Arn' } });
    expect(of('SpotShortageFailuresPolicy')).to.deep.equal({
      Queues: ['SpotShortageFailures'],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'RulesMayFail',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['sqs:SendMessage'],
            Resource: ['SpotShortageFailures.Arn'],
            Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnEquals: { 'aws:SourceArn': ['SpotShortagePlacement.Arn', 'SpotShortageInterruption.Arn', 'SpotShortageReturn.Arn'] } },
          },
          { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['sqs:*'], Resource: ['SpotShortageFailures.Arn'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
    });
  });

  everywhere('FIN-47 FIN-48', 'keeps the function’s log in a group of its own, encrypted', ({ of, environment, named }) => {
    expect(of('SpotShortageLog', 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ LogGroupName: `/aws/lambda/${named('spot-shortage')}`, RetentionInDays: environment === 'production' ? 400 : 14, KmsKeyId: parameters.DefaultKeyArn });
    expect(of('SpotShortage', 'LoggingConfig')).to.deep.equal({ LoggingConfig: { LogGroup: 'SpotShortageLog' } });
  });

  const alarms = [
    { id: 'SpotShortagePlacementAlarm', namespace: 'AWS/Events', metric: 'TriggeredRules', dimension: 'RuleName', value: 'SpotShortagePlacement', statistic: 'Sum' },
    { id: 'SpotShortageInterruptionAlarm', namespace: 'AWS/Events', metric: 'TriggeredRules', dimension: 'RuleName', value: 'SpotShortageInterruption', statistic: 'Sum' },
    { id: 'SpotShortageErrorsAlarm', namespace: 'AWS/Lambda', metric: 'Errors', dimension: 'FunctionName', value: 'SpotShortage', statistic: 'Sum' },
  ] as const;
  for (const { id, namespace, metric, dimension, value, statistic } of alarms) {
    everywhere('FIN-13 FIN-44', `tells somebody: ${id}`, ({ of }) => {
      expect(of(id, 'Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ComparisonOperator', 'Threshold', 'TreatMissingData', 'AlarmActions')).to.deep.equal({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: [{ Name: dimension, Value: value }],
        Statistic: statistic,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        TreatMissingData: 'notBreaching',
        AlarmActions: ['topic'],
      });
    });
  }

  everywhere('FIN-13 FIN-44', 'tells somebody that events wait in the failure queue', ({ of, named }) => {
    expect(of('SpotShortageFailuresAlarm', 'Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ComparisonOperator', 'Threshold', 'TreatMissingData', 'AlarmActions')).to.deep.equal({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: named('spot-shortage-failures') }],
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: ['topic'],
    });
  });
});
