import { expect } from 'chai';
import { plain } from '../plain';
import { resourcesOf } from './built';
import { everywhere, logDays, parameters, rights, rightsOf, services, type ComputeInstance } from './compute-instance';

const spot = [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }];

/** How a service's tasks are to be shared between Fargate and Fargate Spot in an environment. */
function shareOf(id: 'Frontend' | 'Backend', { environment }: ComputeInstance): readonly { readonly CapacityProvider: string; readonly Base?: number; readonly Weight: number }[] {
  if (environment !== 'production') return spot;
  return id === 'Backend' ? [{ CapacityProvider: 'FARGATE', Base: 3, Weight: 1 }] : [{ CapacityProvider: 'FARGATE', Base: 2, Weight: 1 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 9 }];
}

/** The services that use Spot in an environment. */
const onSpot = (instance: ComputeInstance): readonly (typeof services)[number][] => services.filter(({ id }) => shareOf(id, instance).some(({ CapacityProvider }) => CapacityProvider === 'FARGATE_SPOT'));

const serviceArns = (instance: ComputeInstance): readonly string[] => onSpot(instance).map(({ name }) => instance.arn('ecs', `service/${instance.named('cluster')}/${instance.named(name)}`));

describe('Customer portal compute: scaling', () => {
  for (const { id, name, minimum, maximum } of services) {
    const target = `${id}ScalingTarget`;

    everywhere('CUS-19 CUS-76', `keeps the ${name} service between ${minimum} and ${maximum} tasks`, ({ of }) => {
      expect(of(target, 'ServiceNamespace', 'ScalableDimension', 'ResourceId', 'MinCapacity', 'MaxCapacity')).to.deep.equal({
        ServiceNamespace: 'ecs',
        ScalableDimension: 'ecs:service:DesiredCount',
        ResourceId: { 'Fn::Join': ['', ['service/', 'Cluster', '/', `${id}.Name`]] },
        MinCapacity: minimum,
        MaxCapacity: maximum,
      });
    });

    for (const [part, metric, value] of [['Cpu', 'ECSServiceAverageCPUUtilization', 70], ['Memory', 'ECSServiceAverageMemoryUtilization', 80]] as const) {
      everywhere('CUS-20', `scales the ${name} service on ${part === 'Cpu' ? 'CPU' : 'memory'}, out within a minute and in after five`, ({ of, named }) => {
        expect(of(`${id}Scaling${part}Policy`)).to.deep.equal({
          PolicyName: named(`${name}-${part.toLowerCase()}`),
          PolicyType: 'TargetTrackingScaling',
          ScalingTargetId: target,
          TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: metric }, TargetValue: value, ScaleOutCooldown: 60, ScaleInCooldown: 300 },
        });
      });
    }

    everywhere('CUS-18', `runs the ${name} service ${id === 'Backend' ? 'on demand in production' : 'on Spot above two tasks in production'}, and on Spot elsewhere`, (instance) => {
      expect(instance.of(id, 'CapacityProviderStrategy')).to.deep.equal({ CapacityProviderStrategy: shareOf(id, instance) });
    });
  }

  everywhere('CUS-20', 'has no other policies than those two of each service', ({ stack }) => {
    const policies = resourcesOf(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(({ logicalId }) => logicalId);
    expect(policies).to.have.members(['FrontendScalingCpuPolicy', 'FrontendScalingMemoryPolicy', 'BackendScalingCpuPolicy', 'BackendScalingMemoryPolicy']);
  });
});

describe('Customer portal compute: a shortage of Fargate Spot', () => {
  const Targets = [{ Id: 'function', Arn: 'SpotShortage.Arn', DeadLetterConfig: { Arn: 'SpotShortageFailures.Arn' }, RetryPolicy: { MaximumEventAgeInSeconds: 3600 } }];

  everywhere('CUS-18', 'calls a function when a service that uses Spot finds no capacity or loses a task, and every hour', (instance) => {
    const { of, named } = instance;
    const clusterArn = ['Cluster.Arn'];
    expect(of('SpotShortagePlacement', 'State', 'EventPattern', 'Targets')).to.deep.equal({
      State: 'ENABLED',
      EventPattern: { source: ['aws.ecs'], 'detail-type': ['ECS Service Action'], resources: serviceArns(instance), detail: { clusterArn, eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'], reason: ['RESOURCE:FARGATE'] } },
      Targets,
    });
    expect(of('SpotShortageInterruption', 'State', 'EventPattern', 'Targets')).to.deep.equal({
      State: 'ENABLED',
      EventPattern: { source: ['aws.ecs'], 'detail-type': ['ECS Task State Change'], detail: { clusterArn, group: onSpot(instance).map(({ name }) => `service:${named(name)}`), stopCode: ['SpotInterruption'] } },
      Targets,
    });
    expect(of('SpotShortageReturn', 'State', 'ScheduleExpression', 'Targets')).to.deep.equal({ State: 'ENABLED', ScheduleExpression: 'rate(1 hour)', Targets });
  });

  everywhere('CUS-18', 'tells the function the strategies that the services have in the template', (instance) => {
    const { Environment } = instance.of('SpotShortage', 'Environment') as { readonly Environment: { readonly Variables: Readonly<Record<string, string>> } };
    const { STRATEGIES, ...others } = Environment.Variables;
    const strategies = onSpot(instance).map(({ id, name }) => [instance.named(name), shareOf(id, instance).map(({ CapacityProvider, Base, Weight }) => ({ capacityProvider: CapacityProvider, ...(Base === undefined ? {} : { base: Base }), weight: Weight }))]);
    expect(JSON.parse(STRATEGIES ?? '')).to.deep.equal(Object.fromEntries(strategies));
    expect(others).to.deep.equal({ CLUSTER: 'Cluster', QUIET_HOURS: '4' });
  });

  everywhere('CUS-70', 'lets the function describe and update the services that use Spot, write its log and keep what it could not handle', (instance) => {
    expect(rightsOf(instance, 'SpotShortageRole')).to.deep.equal(rights(
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: ['SpotShortageLog.Arn'] },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['SpotShortageFailures.Arn'] },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [parameters.DefaultKeyArn], Condition: { StringEquals: { 'kms:ViaService': `sqs.${instance.region}.amazonaws.com` } } },
      { Effect: 'Allow', Action: ['ecs:DescribeServices', 'ecs:UpdateService'], Resource: serviceArns(instance) },
    ));
  });

  everywhere('CUS-60', 'keeps the function’s log in a group of its own, encrypted, one or two weeks long', ({ of, environment, named }) => {
    expect(of('SpotShortageLog', 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ LogGroupName: `/aws/lambda/${named('spot-shortage')}`, RetentionInDays: logDays(environment), KmsKeyId: parameters.DefaultKeyArn });
  });

  everywhere('CUS-59', 'tells somebody of a shortage, of a failure of the function, and of events that it could not handle', ({ stack }) => {
    const alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm').map(({ logicalId, properties: { MetricName, Threshold, AlarmActions } }) => [logicalId, MetricName, Threshold, AlarmActions]);
    expect(plain(alarms)).to.have.deep.members([
      ['SpotShortagePlacementAlarm', 'TriggeredRules', 1, ['topic']],
      ['SpotShortageInterruptionAlarm', 'TriggeredRules', 1, ['topic']],
      ['SpotShortageErrorsAlarm', 'Errors', 1, ['topic']],
      ['SpotShortageFailuresAlarm', 'ApproximateNumberOfMessagesVisible', 1, ['topic']],
    ]);
  });
});
