import type { Handle, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { ListenerRule } from '../../../src/cfn/generated/elasticloadbalancingv2';
import { MeridianError } from '../../../src/errors';
import type { ListenerHandle } from './listener';
import { forward } from './listener-action';
import type { TargetGroupHandle } from './target-group';

/** Values that the conditions of one rule may have together. */
const valuesOfRule = 5;

/** A header with one of some values. */
export interface RequestHeader {
  readonly name: string;
  readonly values: readonly Value<string>[];
}

/** Requests: for one of these paths, with this header; both when both are given. */
export interface RequestConditions {
  /** `*` and `?` stand for any characters. */
  readonly paths?: readonly Value<string>[];
  readonly header?: RequestHeader;
}

/** What the target is asked for instead of what the load balancer was asked for. */
export interface UrlRewrite {
  /** Regular expression of the path with its query. What does not match stays as it is. */
  readonly pattern: Value<string>;
  /** `$1` stands for what the first pair of brackets matched. */
  readonly replacement: string;
}

/** A rule that sends some of a listener's requests to a target group. */
export interface ListenerRuleSettings {
  readonly listener: Pick<ListenerHandle, 'ref'>;
  /** Rules are tried from the lowest number up. */
  readonly priority: number;
  /** The requests that the rule takes: at least one condition, and at most five values in all. */
  readonly when: RequestConditions;
  readonly targetGroup: TargetGroupHandle;
  /** @default the target gets the path that the request has */
  readonly rewrite?: UrlRewrite;
}

export type ListenerRuleHandle = Handle<'AWS::ElasticLoadBalancingV2::ListenerRule', 'IsDefault' | 'RuleArn'>;

/**
 * A rule that forwards what its conditions take. `*` and `?` in a path or header value stand for any characters.
 * @throws MeridianError for a rule without conditions, which would take every request, or with more values than a rule may have
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html
 */
export function listenerRule(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ListenerRuleSettings): ListenerRuleHandle {
  const { listener, priority, when, targetGroup, rewrite } = settings;
  const { paths = [], header } = when;
  const values = paths.length + (header?.values.length ?? 0);
  if (values === 0 || values > valuesOfRule) {
    throw new MeridianError(`Listener rule ${id} has ${values} condition values: a rule has 1 to ${valuesOfRule}, paths and header values together. ${values ? 'Split its paths among several rules' : 'Give it paths or a header'}.`, 2);
  }
  const conditions: ListenerRule.RuleCondition[] = [
    ...(paths.length ? [{ Field: 'path-pattern', PathPatternConfig: { Values: paths } }] : []),
    ...(header ? [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: header.name, Values: header.values } }] : []),
  ];
  const transforms = rewrite ? { Transforms: [{ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: rewrite.pattern, Replace: rewrite.replacement }] } }] } : {};
  return t.add(id, new ListenerRule({ ListenerArn: listener.ref(), Priority: priority, Conditions: conditions, Actions: [forward(targetGroup)], ...transforms }));
}
