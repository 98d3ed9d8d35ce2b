import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { originHeaderName } from '../edge/origin-header';
import type { LoadBalancerHandle } from './application-load-balancer';
import { listenerRule, type ListenerRuleHandle } from './listener-rule';
import { originListener, originLoadBalancer } from './origin-listener';
import { targetGroup, type TargetGroupHandle, type TargetGroupSettings } from './target-group';

/** Where a load balancer stands. */
export interface EntranceSettings {
  readonly vpcId: IntrinsicFunction;
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupIds: Value<readonly Value<string>[]>;
  readonly certificateArn: IntrinsicFunction;
  readonly accessLogBucketName: IntrinsicFunction;
}

/** A load balancer with the tasks behind it. */
export interface Entrance {
  readonly loadBalancer: LoadBalancerHandle;
  readonly targetGroup: TargetGroupHandle;
  /** What must stand before a service may join the target group. */
  readonly ready: readonly Handle[];
}

/** Requests that came by way of CloudFront, and where they go. */
export interface OriginRoute<Target extends string> {
  /** Logical id of the rule. */
  readonly id: string;
  readonly priority: number;
  /** Paths that it takes; with two header values at most three. @default every path */
  readonly paths?: readonly string[];
  readonly to: Target;
}

/** An entrance that serves CloudFront and nobody else. */
export interface OriginEntranceSettings<Target extends string> extends EntranceSettings {
  /** Target groups by name, which is also the beginning of their logical ids: `Web` makes `WebTargets`. */
  readonly targets: Readonly<Record<Target, Omit<TargetGroupSettings, 'vpcId'>>>;
  /** The exact path that Route 53's health checkers ask for, who can send no header. */
  readonly healthPath: string;
  readonly healthTarget: Target;
  /** Values of the header that are accepted. During a rotation of the header CloudFront changes from one to the other. */
  readonly headerValues: readonly Value<string>[];
  /** Rules for requests with the header, beside the one for `healthPath`, which has priority 10. */
  readonly routes: readonly OriginRoute<Target>[];
  /** Adds a listener on port 80 that redirects to HTTPS; see `originListener`. @default false */
  readonly redirect?: boolean;
  readonly deletionProtection: boolean;
  /** @default unstated; see `applicationLoadBalancer` */
  readonly crossZone?: true;
}

/** An entrance for CloudFront with its target groups by name. */
export interface OriginEntrance<Target extends string> {
  readonly loadBalancer: LoadBalancerHandle;
  readonly targetGroups: Readonly<Record<Target, TargetGroupHandle>>;
  /** The rules that ask for the header. */
  readonly headerRules: readonly ListenerRuleHandle[];
  /** What must stand before a service may join a target group. */
  readonly ready: readonly Handle[];
}

/**
 * The entrance for CloudFront: HTTPS, and only with the header that CloudFront alone knows. The deep health path needs no header;
 * every other request without it is answered with 403.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
export function originEntrance<Target extends string>(t: TemplateBuilder<Parameters, unknown>, settings: OriginEntranceSettings<Target>): OriginEntrance<Target> {
  const { vpcId, targets, healthPath, healthTarget, headerValues, routes, certificateArn, redirect } = settings;
  const loadBalancer = originLoadBalancer(t, settings);
  const names = Object.keys(targets) as Target[];
  const targetGroups = Object.fromEntries(names.map((name) => [name, targetGroup(t, `${name}Targets`, { vpcId, ...targets[name] })])) as Record<Target, TargetGroupHandle>;
  const listener = originListener(t, { loadBalancer, certificateArn, redirect });
  const healthRule = listenerRule(t, 'HealthRule', { listener, priority: 10, when: { paths: [healthPath] }, targetGroup: targetGroups[healthTarget] });
  const header = { name: originHeaderName, values: headerValues };
  const headerRules = routes.map(({ id, priority, paths, to }) => listenerRule(t, id, { listener, priority, when: { paths, header }, targetGroup: targetGroups[to] }));
  return { loadBalancer, targetGroups, headerRules, ready: [healthRule, ...headerRules] };
}
