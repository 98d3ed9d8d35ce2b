import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { computeIn, containerOf, parameters, services } from './compute-instance';
import { resourceOf } from './resolved-template';

const production = computeIn();
const develop = computeIn('develop');

describe('Kasha compute: the cluster', () => {
  requirement('KSH-73', 'measures every task and container by enhanced Container Insights', () => {
    expect(resourceOf(production, 'Cluster').properties['ClusterSettings']).to.deep.equal([{ Name: 'containerInsights', Value: 'enhanced' }]);
  });

  requirement('KSH-90', 'encrypts the ephemeral storage of tasks under the customer key', () => {
    expect(resourceOf(production, 'Cluster').properties).to.have.nested.property('Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId', parameters.DefaultKeyArn);
  });

  requirement('KSH-49', 'has Fargate and Fargate Spot: production runs on demand, develop wholly on Spot', () => {
    expect(resourceOf(production, 'Cluster').properties['CapacityProviders']).to.deep.equal(['FARGATE', 'FARGATE_SPOT']);
    for (const { id } of services) {
      expect(resourceOf(production, id).properties['CapacityProviderStrategy']).to.deep.equal([{ CapacityProvider: 'FARGATE', Base: 2, Weight: 1 }]);
      expect(resourceOf(develop, id).properties['CapacityProviderStrategy']).to.deep.equal([{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]);
    }
  });
});

describe('Kasha compute: services', () => {
  const requirements = { Frontend: { tasks: 'KSH-32', scale: 'KSH-33', size: 'KSH-37', port: 'KSH-39' }, Backend: { tasks: 'KSH-36', scale: 'KSH-36', size: 'KSH-38', port: 'KSH-40' } } as const;

  for (const { id, name, port, cpu, memory, securityGroup, subnets } of services) {
    const ids = requirements[id];
    const service = resourceOf(production, id).properties;
    const target = resourceOf(production, `${id}ScalingTarget`).properties;

    requirement(ids.tasks, `keeps at least 2 ${name} tasks, in private subnets of two Availability Zones and spread again when one comes back`, () => {
      expect(service).to.include({ DesiredCount: 2, AvailabilityZoneRebalancing: 'ENABLED' });
      expect(target).to.include({ MinCapacity: 2 });
      expect(service).to.have.nested.property('NetworkConfiguration.AwsvpcConfiguration').that.deep.equals({ AssignPublicIp: 'DISABLED', Subnets: subnets, SecurityGroups: [securityGroup] });
    });

    requirement(ids.scale, `scales the ${name} to 4 tasks`, () => {
      expect(target).to.include({ MaxCapacity: 4, ScalableDimension: 'ecs:service:DesiredCount' });
      expect(production.edgesFrom(`${id}ScalingTarget`).map(({ to }) => to)).to.have.members(['Cluster', id]);
    });

    for (const [requirementId, part, metric, value] of [['KSH-34', 'Cpu', 'ECSServiceAverageCPUUtilization', 70], ['KSH-35', 'Memory', 'ECSServiceAverageMemoryUtilization', 80]] as const) {
      requirement(requirementId, `scales the ${name} on ${part === 'Cpu' ? 'CPU' : 'memory'} of ${value} %`, () => {
        const { properties } = resourceOf(production, `${id}Scaling${part}Policy`);
        expect(properties).to.deep.nested.include({
          PolicyType: 'TargetTrackingScaling',
          'TargetTrackingScalingPolicyConfiguration.TargetValue': value,
          'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification': { PredefinedMetricType: metric },
        });
      });
    }

    requirement(ids.size, `gives a ${name} task ${cpu} CPU units and ${memory} MiB`, () => {
      expect(resourceOf(production, `${id}Task`).properties).to.include({ Cpu: String(cpu), Memory: String(memory) });
    });

    requirement(ids.port, `serves the ${name} on port ${port} without root`, () => {
      const container = containerOf(id);
      expect(container['PortMappings']).to.deep.equal([{ ContainerPort: port, Protocol: 'tcp' }]);
      expect(container['SystemControls']).to.deep.equal([{ Namespace: 'net.ipv4.ip_unprivileged_port_start', Value: '0' }]);
      expect(service['LoadBalancers']).to.have.nested.property('[0].ContainerPort', port);
    });

    requirement('KSH-48', `replaces ${name} tasks that fail their own or the load balancer's check`, () => {
      expect(containerOf(id)).to.have.nested.property('HealthCheck.Command[1]').that.equals(`curl -fsS -o /dev/null http://127.0.0.1:${port}/ || wget -q -O /dev/null http://127.0.0.1:${port}/ || exit 1`);
      expect(service).to.include({ HealthCheckGracePeriodSeconds: 60 });
    });

    it(`rolls a bad ${name} deployment back and never goes below full strength`, () => {
      expect(service['DeploymentConfiguration']).to.deep.equal({ MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: { Enable: true, Rollback: true } });
    });

    it(`starts the ${name} after the rules that use its target group`, () => {
      const waits = production.edgesFrom(id).filter(({ attribute }) => attribute === 'DependsOn').map(({ to }) => to);
      expect(waits).to.have.members(id === 'Frontend' ? ['HealthRule', 'CloudFrontRule'] : ['BackendListener']);
    });
  }

  requirement('KSH-46', 'opens no shell into production tasks', () => {
    for (const { id } of services) expect(resourceOf(production, id).properties).to.include({ EnableExecuteCommand: false });
    expect(resourceOf(production, 'Cluster').properties).not.to.have.nested.property('Configuration.ExecuteCommandConfiguration');
    expect(textsIn(production.root.resources, /ssmmessages/g)).to.deep.equal([]);
  });

  it('records the shells of develop in an encrypted log', () => {
    expect(resourceOf(develop, 'Cluster').properties).to.have.nested.property('Configuration.ExecuteCommandConfiguration.Logging', 'OVERRIDE');
    expect(resourceOf(develop, 'SessionLog').properties).to.include({ KmsKeyId: parameters.DefaultKeyArn, RetentionInDays: 365 });
    for (const { id } of services) expect(resourceOf(develop, id).properties).to.include({ EnableExecuteCommand: true });
  });

  requirement('KSH-135', 'runs no tasks in develop at night and at weekends; production runs always', () => {
    for (const { id } of services) {
      expect(resourceOf(develop, `${id}ScalingTarget`).properties['ScheduledActions']).to.deep.equal([
        { ScheduledActionName: 'stop', Schedule: 'cron(0 20 ? * MON-FRI *)', Timezone: 'America/New_York', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } },
        { ScheduledActionName: 'start', Schedule: 'cron(0 7 ? * MON-FRI *)', Timezone: 'America/New_York', ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 4 } },
      ]);
    }
    for (const { id } of services) expect(resourceOf(production, `${id}ScalingTarget`).properties).not.to.have.property('ScheduledActions');
  });
});
