import type { Handle, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { ListenerRule } from '../../../src/cfn/generated/elasticloadbalancingv2';
import type { ListenerHandle } from './listener';
import { forward } from './listener-action';
import type { TargetGroupHandle } from './target-group';

/** A rule that sends some of a listener's requests to a target group. */
export interface ListenerRuleSettings {
  readonly listener: ListenerHandle;
  /** Rules are tried from the lowest number up. */
  readonly priority: number;
  /** The requests that the rule takes: those for exactly this path, or with exactly this header. */
  readonly when: { readonly path: string } | { readonly header: string; readonly value: Value<string> };
  readonly targetGroup: TargetGroupHandle;
}

export type ListenerRuleHandle = Handle<'AWS::ElasticLoadBalancingV2::ListenerRule', 'IsDefault' | 'RuleArn'>;

/**
 * A rule that forwards what its condition takes. `*` and `?` in a path or header value stand for any characters.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function listenerRule(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ListenerRuleSettings): ListenerRuleHandle {
  const { listener, priority, when, targetGroup } = settings;
  const condition: ListenerRule.RuleCondition =
    'path' in when
      ? { Field: 'path-pattern', PathPatternConfig: { Values: [when.path] } }
      : { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: when.header, Values: [when.value] } };
  return t.add(id, new ListenerRule({ ListenerArn: listener.ref(), Priority: priority, Conditions: [condition], Actions: [forward(targetGroup)] }));
}
