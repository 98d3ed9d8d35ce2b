import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import type { OriginEntrance } from '../../modules/compute/origin-entrance';
import { alarm } from '../../modules/monitoring/alarm';

type AlarmHandle = Handle<'AWS::CloudWatch::Alarm', 'Arn'>;

/** Alarms on errors of the services. They know the load balancer only, so that they stand before the services. */
export interface ErrorAlarms {
  /** Errors of both services together: whether the region serves. It stops a drill that goes wrong. */
  readonly region: AlarmHandle;
  /** Errors of each service: whether a deployment of it is good. */
  readonly Web: AlarmHandle;
  readonly Api: AlarmHandle;
}

/**
 * Answers with 5xx that the services gave. They count errors, not their share of the requests: what decides about a deployment
 * must also see the few requests of a quiet night.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export function errorAlarms(t: TemplateBuilder<Parameters, unknown>, { loadBalancer, targetGroups }: OriginEntrance<'Web' | 'Api'>, topic: IntrinsicFunction): ErrorAlarms {
  const balancer = { LoadBalancer: loadBalancer.att('LoadBalancerFullName') };
  const errors = (id: string, name: string, description: string, threshold: number, dimensions: Readonly<Record<string, Value<string>>>) =>
    alarm(t, id, {
      name,
      description,
      metric: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_5XX_Count', dimensions },
      statistic: 'Sum',
      comparison: 'GreaterThanThreshold',
      threshold,
      topic,
    });
  const ofService = (id: 'Web' | 'Api') =>
    errors(
      `${id}ErrorAlarm`,
      `${id.toLowerCase()}-deployment-errors`,
      `The ${id.toLowerCase()} service answered with 5xx more than 10 times a minute, three minutes long. ECS rolls a deployment that is under way back; without one, see the service's log.`,
      10,
      { ...balancer, TargetGroup: targetGroups[id].att('TargetGroupFullName') },
    );
  return {
    region: errors(
      'RegionErrorAlarm',
      'region-errors',
      'The services of this region answered with 5xx more than 50 times a minute, three minutes long: see the logs of both services and the database. A drill that is under way stops.',
      50,
      balancer,
    ),
    Web: ofService('Web'),
    Api: ofService('Api'),
  };
}
