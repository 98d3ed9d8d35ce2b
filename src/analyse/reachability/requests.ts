import { Unknown, type Value, type ValueObject } from '../../resolve';
import { elementsOf, objectAt, type PlacedResource } from '../system-index';
import { locationOf } from './location';
import { isInside, type InsidePlace, type Place } from './place';
import { podTargetGroups } from './pod-targets';
import type { RegionResources } from './region-resources';

/** Where a listener sends requests that one of its rules takes. */
export interface RequestRoute {
  /** The load balancer, and the port of the listener. */
  readonly balancer: string;
  readonly port: number;
  /** The listener or rule, as `platform/compute#HealthRule`. */
  readonly location: string;
  /** What the rule asks of a request, for example `path /health/deep`; `any other request` for the listener's default. */
  readonly when: string;
  /** The names of headers whose value is a secret: only who knows it is taken. */
  readonly secretHeaders: readonly string[];
  /** Who gets them and on which port; empty for an answer of the load balancer itself. */
  readonly to: readonly { readonly place: string; readonly port: number }[];
  /** What the load balancer does, for example `forwards`, `answers 403`. */
  readonly does: string;
}

/**
 * What the listeners of load balancers do with requests, in the order in which rules are tried.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function requestRoutes(region: RegionResources, places: readonly Place[]): readonly RequestRoute[] {
  const inside = places.filter(isInside);
  return inside
    .filter(({ kind }) => kind === 'load balancer')
    .flatMap((balancer) => region.naming('AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn', balancer.resource).map((listener) => ({ balancer, listener })))
    .flatMap(({ balancer, listener }) => {
      const rules = [...region.naming('AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn', listener)].sort((a, b) => Number(a.properties['Priority']) - Number(b.properties['Priority']));
      const common = { balancer: balancer.name, port: Number(listener.properties['Port']) };
      return [
        ...rules.map((rule) => ({ ...common, location: locationOf(rule), ...conditionsOf(rule), ...actionOf(region, inside, rule.properties['Actions']) })),
        { ...common, location: locationOf(listener), when: 'any other request', secretHeaders: [], ...actionOf(region, inside, listener.properties['DefaultActions']) },
      ];
    });
}

/** The names of the headers that CloudFront sends to its origins, in lower case, with values that are secrets. */
export function headersOfCloudFront(region: RegionResources): ReadonlySet<string> {
  const origins = region.index.ofType('AWS::CloudFront::Distribution').flatMap(({ properties }) => elementsOf(objectAt(properties, 'DistributionConfig')['Origins']));
  const headers = origins.flatMap(({ OriginCustomHeaders }) => elementsOf(OriginCustomHeaders));
  return new Set(headers.filter(({ HeaderValue }) => isSecret(HeaderValue)).map(({ HeaderName }) => String(HeaderName).toLowerCase()));
}

function conditionsOf(rule: PlacedResource): Pick<RequestRoute, 'when' | 'secretHeaders'> {
  const conditions = elementsOf(rule.properties['Conditions']);
  return {
    when: conditions.map(conditionText).join(' and '),
    secretHeaders: conditions.map((condition) => objectAt(condition, 'HttpHeaderConfig')).filter(({ Values }) => elements(Values).some(isSecret)).map(({ HttpHeaderName }) => String(HttpHeaderName).toLowerCase()),
  };
}

/** The words for each field, and the object that holds its values when they are not in `Values`. */
const fields: Readonly<Record<string, readonly [word: string, config: string]>> = {
  'path-pattern': ['path', 'PathPatternConfig'],
  'host-header': ['host', 'HostHeaderConfig'],
  'http-request-method': ['method', 'HttpRequestMethodConfig'],
  'source-ip': ['address', 'SourceIpConfig'],
  'http-header': ['header', 'HttpHeaderConfig'],
  'query-string': ['query', 'QueryStringConfig'],
};

function conditionText(condition: ValueObject): string {
  const field = String(condition['Field']);
  const [word, config] = fields[field] ?? [field, ''];
  const { HttpHeaderName, Values } = objectAt(condition, config);
  const values = elements(Values ?? condition['Values']).map((value) => (isSecret(value) ? '(secret)' : value instanceof Unknown ? '(known at deployment)' : typeof value === 'object' ? JSON.stringify(value) : String(value)));
  return [word, ...(HttpHeaderName === undefined ? [] : [`${String(HttpHeaderName)}:`]), [...new Set(values)].join(' or ')].join(' ');
}

function actionOf(region: RegionResources, places: readonly InsidePlace[], actions: Value | undefined): Pick<RequestRoute, 'to' | 'does'> {
  const last = elementsOf(actions).at(-1) ?? {};
  const groups = region.allNamed('AWS::ElasticLoadBalancingV2::TargetGroup', [last['TargetGroupArn'] ?? null, objectAt(last, 'ForwardConfig')['TargetGroups'] ?? null]);
  if (groups.length > 0) return { does: 'forwards', to: groups.flatMap((group) => targetsOf(region, places, group)) };
  const { StatusCode } = objectAt(last, 'FixedResponseConfig');
  const { Protocol, Port } = objectAt(last, 'RedirectConfig');
  if (StatusCode !== undefined) return { does: `answers ${String(StatusCode)}`, to: [] };
  return { does: last['Type'] === 'redirect' ? `redirects to ${String(Protocol ?? 'the same protocol')} ${String(Port ?? '')}`.trimEnd() : String(last['Type']), to: [] };
}

/** The services that register their tasks, the load balancers that are targets themselves, and pods that join by themselves. */
function targetsOf(region: RegionResources, places: readonly InsidePlace[], group: PlacedResource): RequestRoute['to'] {
  const registered = places
    .filter(({ kind }) => kind === 'service')
    .flatMap(({ name, resource }) =>
      elementsOf(resource.properties['LoadBalancers'])
        .filter(({ TargetGroupArn }) => region.index.referredBy(TargetGroupArn).includes(group))
        .map(({ ContainerPort }) => ({ place: name, port: Number(ContainerPort) })),
    );
  const named = elementsOf(group.properties['Targets']).flatMap(({ Id, Port }) =>
    places.filter(({ resource }) => region.index.referredBy(Id).includes(resource)).map(({ name }) => ({ place: name, port: Number(Port ?? group.properties['Port']) })),
  );
  const pods = podTargetGroups(region).includes(group) ? places.filter(({ kind }) => kind === 'pods').map(({ name }) => ({ place: name, port: Number(group.properties['Port']) })) : [];
  return [...registered, ...named, ...pods];
}

function elements(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** Whether a value comes from Secrets Manager or is hidden. */
function isSecret(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.includes('{{resolve:secretsmanager:');
  return value instanceof Unknown && JSON.stringify(value).includes('{{resolve:secretsmanager:');
}
