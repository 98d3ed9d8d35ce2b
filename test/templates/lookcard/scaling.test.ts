import { expect } from 'chai';
import { services } from '../../../templates/systems/lookcard/services';
import { plain } from '../plain';
import type { EnvironmentName } from './built';
import { everywhere, one, type StandingService } from './service-stacks';

const running = services.filter(({ schedule }) => !schedule);

/** Tasks of a small API and of the listener, least and most, in each environment's primary region. */
const counts: Readonly<Record<EnvironmentName, { readonly api: readonly [number, number]; readonly listener: readonly [number, number] }>> = {
  production: { api: [2, 6], listener: [2, 4] },
  staging: { api: [1, 3], listener: [1, 2] },
  testing: { api: [1, 2], listener: [1, 2] },
  develop: { api: [1, 2], listener: [1, 2] },
  sandbox: { api: [1, 2], listener: [1, 2] },
};
const countsOf = (name: string, { environment }: StandingService): readonly [number, number] => counts[environment][name === 'crypto-listener' ? 'listener' : 'api'];
const spot = (environment: EnvironmentName): boolean => environment !== 'production' && environment !== 'staging';

describe('LookCard scaling', () => {
  for (const { name } of running) {
    everywhere('LKC-59 LKC-101', `keeps ${name} within its row’s counts; in the pilot light one task, and none of what works unasked`, name, (service) => {
      const [minimum, maximum] = countsOf(name, service);
      const targets = service.all('AWS::ApplicationAutoScaling::ScalableTarget');
      const unasked = name === 'crypto-listener';
      const { DesiredCount, DeploymentConfiguration } = one(service.all('AWS::ECS::Service'), 'DesiredCount', 'DeploymentConfiguration');
      expect(DesiredCount).to.equal(service.isPrimary ? minimum : unasked ? 0 : 1);
      expect([DeploymentConfiguration.MinimumHealthyPercent, DeploymentConfiguration.MaximumPercent, DeploymentConfiguration.DeploymentCircuitBreaker]).to.deep.equal([100, 200, { Enable: true, Rollback: true }]);
      expect(DeploymentConfiguration.Alarms).to.deep.equal(services.find((row) => row.name === name)?.entrance?.kind === 'alb' ? { AlarmNames: ['ErrorsAlarm'], Enable: true, Rollback: true } : undefined);
      if (unasked && !service.isPrimary) return expect(targets).to.deep.equal({});
      expect(one(targets, 'MinCapacity', 'MaxCapacity', 'ResourceId', 'ScalableDimension')).to.deep.equal({
        MinCapacity: service.isPrimary ? minimum : 1,
        MaxCapacity: maximum,
        ResourceId: { 'Fn::Join': ['', ['service/', '<ClusterName>', '/', 'Service.Name']] },
        ScalableDimension: 'ecs:service:DesiredCount',
      });
    });

    everywhere('LKC-59', `runs ${name} on demand in production and staging, on Spot elsewhere`, name, (service) => {
      const { CapacityProviderStrategy } = one(service.all('AWS::ECS::Service'), 'CapacityProviderStrategy');
      const Base = service.isPrimary ? countsOf(name, service)[0] : name === 'crypto-listener' ? 0 : 1;
      expect(CapacityProviderStrategy).to.deep.equal(spot(service.environment) ? [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] : [{ CapacityProvider: 'FARGATE', Base, Weight: 1 }]);
    });

    everywhere('LKC-59', `scales ${name} on CPU and memory`, name, (service) => {
      const policies = Object.values<any>(service.all('AWS::ApplicationAutoScaling::ScalingPolicy')).map((policy) => plain(policy.TargetTrackingScalingPolicyConfiguration));
      const tracked = (metric: string, TargetValue: number) => ({ PredefinedMetricSpecification: { PredefinedMetricType: metric }, TargetValue, ScaleOutCooldown: 60, ScaleInCooldown: 300 });
      expect(policies).to.deep.equal(name === 'crypto-listener' && !service.isPrimary ? [] : [tracked('ECSServiceAverageCPUUtilization', 70), tracked('ECSServiceAverageMemoryUtilization', 80)]);
    });

    everywhere('LKC-104 LKC-06', `lets ${name} sleep at night and on weekends in develop, and nowhere else`, name, (service) => {
      if (name === 'crypto-listener' && !service.isPrimary) return expect(service.all('AWS::ApplicationAutoScaling::ScalableTarget')).to.deep.equal({});
      const { ScheduledActions } = one(service.all('AWS::ApplicationAutoScaling::ScalableTarget'), 'ScheduledActions');
      const [MinCapacity, MaxCapacity] = countsOf(name, service);
      const action = (ScheduledActionName: string, Schedule: string, ScalableTargetAction: object) => ({ ScheduledActionName, Schedule, Timezone: 'Asia/Singapore', ScalableTargetAction });
      expect(ScheduledActions).to.deep.equal(
        service.environment === 'develop'
          ? [action('stop', 'cron(0 20 ? * MON-FRI *)', { MinCapacity: 0, MaxCapacity: 0 }), action('start', 'cron(0 8 ? * MON-FRI *)', { MinCapacity, MaxCapacity })]
          : undefined,
      );
    });
  }
});
