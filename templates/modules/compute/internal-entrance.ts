import type { Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { applicationLoadBalancer } from './application-load-balancer';
import { httpsListener } from './listener';
import { listenerRule, type UrlRewrite } from './listener-rule';
import type { Entrance, EntranceSettings } from './origin-entrance';
import { targetGroup, type TargetGroupSettings } from './target-group';

/** An entrance for callers inside the VPC. */
export interface InternalEntranceSettings extends EntranceSettings {
  /** Its part of names, and the prefix of its access logs. */
  readonly name: string;
  /** Port of the HTTPS listener. */
  readonly port: number;
  readonly target: Omit<TargetGroupSettings, 'vpcId'>;
  /** Paths that it takes; every other one is answered with 403. @default every path */
  readonly paths?: readonly Value<string>[];
  /** With `paths`; see `listenerRule`. @default none */
  readonly rewrite?: UrlRewrite;
  readonly deletionProtection: boolean;
}

/**
 * An entrance over HTTPS without an address on the internet.
 * @param id PascalCase, before the logical ids: `Backend` makes `BackendLoadBalancer`, `BackendTargets`, `BackendListener`
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-scheme
 */
export function internalEntrance(t: TemplateBuilder<Parameters, unknown>, id: string, settings: InternalEntranceSettings): Entrance {
  const { name, port, target, paths, rewrite, certificateArn } = settings;
  const loadBalancer = applicationLoadBalancer(t, `${id}LoadBalancer`, {
    name: t.resourceName(name),
    scheme: 'internal',
    subnetIds: settings.subnetIds,
    securityGroupIds: settings.securityGroupIds,
    accessLogs: { bucketName: settings.accessLogBucketName, prefix: name },
    deletionProtection: settings.deletionProtection,
  });
  const targets = targetGroup(t, `${id}Targets`, { vpcId: settings.vpcId, ...target });
  const listener = httpsListener(t, `${id}Listener`, { loadBalancer, port, certificateArn, ...(paths ? {} : { targetGroup: targets }) });
  const ready = paths ? listenerRule(t, `${id}Rule`, { listener, priority: 10, when: { paths }, targetGroup: targets, rewrite }) : listener;
  return { loadBalancer, targetGroup: targets, ready: [ready] };
}
