import { expect } from 'chai';
import { Handle } from '../../../../src/cfn/handle';
import { ecsCluster } from '../../../../templates/modules/compute/ecs-cluster';
import { fargateService, type FargateServiceSettings } from '../../../../templates/modules/compute/fargate-service';
import { serviceScaling } from '../../../../templates/modules/compute/service-scaling';
import { taskRole } from '../../../../templates/modules/compute/task-roles';
import { logGroup } from '../../../../templates/modules/monitoring/log-group';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { someCluster, someTargetGroup, someTask, value } from './behind-load-balancer';

/** A service with these options in a template of its own. */
function serviceWith({ inOthers = [], ...options }: Partial<Pick<FargateServiceSettings, 'spot' | 'executeCommand' | 'rollbackAlarms'>> & { readonly inOthers?: readonly string[] }) {
  const t = builderOf();
  const cluster = someCluster(t);
  const targetGroup = someTargetGroup(t);
  const service = fargateService(t, 'Service', {
    name: t.resourceName('web'),
    cluster,
    task: someTask(t),
    container: 'web',
    port: 8080,
    desiredCount: 3,
    subnetIds: value('subnets'),
    securityGroupId: value('group'),
    targetGroup,
    alsoIn: inOthers.map((id) => new Handle(id, 'AWS::ElasticLoadBalancingV2::TargetGroup')),
    after: [targetGroup],
    ...options,
  });
  return { t, cluster, service };
}

describe('The Fargate service module', () => {
  it('runs on demand unless Spot is asked for', () => {
    expect(properties(serviceWith({}).t, 'Service')['CapacityProviderStrategy']).to.deep.equal([{ CapacityProvider: 'FARGATE', Base: 3, Weight: 1 }]);
    expect(properties(serviceWith({ spot: true }).t, 'Service')['CapacityProviderStrategy']).to.deep.equal([{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]);
  });

  it('keeps the base on demand and shares out the rest', () => {
    expect(properties(serviceWith({ spot: { base: 2, onDemandWeight: 1, spotWeight: 4 } }).t, 'Service')['CapacityProviderStrategy']).to.deep.equal([
      { CapacityProvider: 'FARGATE', Base: 2, Weight: 1 },
      { CapacityProvider: 'FARGATE_SPOT', Weight: 4 },
    ]);
  });

  it('joins the target groups of several load balancers', () => {
    const joined = (inOthers?: readonly string[]) => properties(serviceWith({ inOthers }).t, 'Service')['LoadBalancers'];
    const group = (Ref: string) => ({ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: { Ref } });
    expect(joined()).to.deep.equal([group('Targets')]);
    expect(joined(['InsideTargets'])).to.deep.equal([group('Targets'), group('InsideTargets')]);
  });

  it('rolls back on alarms only when there are some', () => {
    expect(properties(serviceWith({}).t, 'Service')).not.to.have.nested.property('DeploymentConfiguration.Alarms');
    const rollbackAlarms = [new Handle<'AWS::CloudWatch::Alarm', 'Arn'>('Errors', 'AWS::CloudWatch::Alarm')];
    expect(properties(serviceWith({ rollbackAlarms }).t, 'Service')).to.have.nested.property('DeploymentConfiguration.Alarms').that.deep.equals({ AlarmNames: [{ Ref: 'Errors' }], Enable: true, Rollback: true });
  });

  it('opens no shell unless it is asked for', () => {
    expect(properties(serviceWith({}).t, 'Service')['EnableExecuteCommand']).to.equal(false);
    expect(properties(serviceWith({ executeCommand: true }).t, 'Service')['EnableExecuteCommand']).to.equal(true);
  });

  it('takes no public address, rolls back by itself and tags its tasks', () => {
    const service = properties(serviceWith({}).t, 'Service');
    expect(service).to.have.nested.property('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'DISABLED');
    expect(service).to.have.nested.property('DeploymentConfiguration.DeploymentCircuitBreaker').that.deep.equals({ Enable: true, Rollback: true });
    expect(service).to.include({ PropagateTags: 'SERVICE', PlatformVersion: 'LATEST' });
  });

  it('waits for what sends to its target group', () => {
    expect(emitted(serviceWith({}).t)['Service']?.DependsOn).to.deep.equal(['Targets']);
  });
});

describe('The Fargate task module', () => {
  it('opens the root filesystem only when asked to', () => {
    for (const writableRoot of [undefined, true]) {
      const t = builderOf();
      someTask(t, { writableRoot });
      expect(properties(t, 'Task')).to.have.nested.property('ContainerDefinitions[0].ReadonlyRootFilesystem', writableRoot !== true);
    }
  });

  it('says how long a container may take to end only when asked to', () => {
    for (const stopTimeoutSeconds of [undefined, 90]) {
      const t = builderOf();
      someTask(t, { stopTimeoutSeconds });
      const [container] = properties(t, 'Task')['ContainerDefinitions'] as readonly Readonly<Record<string, unknown>>[];
      expect(container?.['StopTimeout']).to.equal(stopTimeoutSeconds);
    }
  });

  it('never runs as root by default', () => {
    const t = builderOf();
    someTask(t);
    expect(properties(t, 'Task')).to.have.nested.property('ContainerDefinitions[0].User', '101:101');
  });

  it('checks the health path with whichever of curl and wget the image has', () => {
    const t = builderOf();
    someTask(t);
    const command = String((properties(t, 'Task')['ContainerDefinitions'] as readonly { readonly HealthCheck: { readonly Command: readonly string[] } }[])[0]?.HealthCheck.Command[1]);
    for (const tool of ['curl', 'wget']) expect(command).to.match(new RegExp(`${tool} .*http://127\\.0\\.0\\.1:8080/health`));
  });
});

describe('The cluster and task role modules', () => {
  const session = () => {
    const t = builderOf();
    const executeCommand = { logGroup: logGroup(t, 'SessionLog', { name: t.resourceName('sessions'), retentionInDays: 7, keyArn: value('key') }), keyArn: value('key') };
    ecsCluster(t, 'Cluster', { name: t.resourceName('cluster'), storageKeyArn: value('key'), executeCommand });
    taskRole(t, 'TaskRole', { service: 'web', executeCommand });
    return t;
  };

  it('record and encrypt sessions where they are allowed', () => {
    expect(properties(session(), 'Cluster')).to.have.nested.property('Configuration.ExecuteCommandConfiguration').that.deep.includes({
      Logging: 'OVERRIDE',
      LogConfiguration: { CloudWatchLogGroupName: { Ref: 'SessionLog' }, CloudWatchEncryptionEnabled: true },
    });
  });

  it('give a role rights for sessions only where they are allowed, and never the right to pass a role', () => {
    expect(JSON.stringify(properties(session(), 'TaskRole'))).to.include('ssmmessages:OpenDataChannel').and.not.to.include('iam:PassRole');
    const t = builderOf();
    taskRole(t, 'TaskRole', { service: 'web' });
    expect(properties(t, 'TaskRole')).not.to.have.property('Policies');
  });

  it('let only ECS tasks of this account and region take a role on', () => {
    const t = builderOf();
    taskRole(t, 'TaskRole', { service: 'web' });
    expect(properties(t, 'TaskRole')).to.have.nested.property('AssumeRolePolicyDocument.Statement[0].Condition').that.deep.equals({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*' } },
    });
  });
});

describe('The service scaling module', () => {
  it('follows CPU and memory at 70 and 80 percent unless told otherwise', () => {
    const { t, cluster, service } = serviceWith({});
    serviceScaling(t, 'Scaling', { name: 'web', cluster, service, minimum: 2, maximum: 6 });
    expect(properties(t, 'ScalingCpuPolicy')).to.have.nested.property('TargetTrackingScalingPolicyConfiguration.TargetValue', 70);
    expect(properties(t, 'ScalingMemoryPolicy')).to.have.nested.property('TargetTrackingScalingPolicyConfiguration.TargetValue', 80);
    expect(properties(t, 'ScalingTarget')).to.include({ MinCapacity: 2, MaxCapacity: 6 }).and.not.to.have.property('ScheduledActions');
  });

  it('stops every task on schedule and returns to the usual bounds', () => {
    const { t, cluster, service } = serviceWith({});
    const scheduledStop = { stop: 'cron(0 22 * * ? *)', start: 'cron(0 6 * * ? *)', timeZone: 'Asia/Singapore' };
    serviceScaling(t, 'Scaling', { name: 'web', cluster, service, minimum: 2, maximum: 6, scheduledStop });
    expect(properties(t, 'ScalingTarget')['ScheduledActions']).to.deep.equal([
      { ScheduledActionName: 'stop', Schedule: scheduledStop.stop, Timezone: 'Asia/Singapore', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } },
      { ScheduledActionName: 'start', Schedule: scheduledStop.start, Timezone: 'Asia/Singapore', ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 6 } },
    ]);
  });
});
