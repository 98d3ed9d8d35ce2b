import type { Listener } from '../../../src/cfn/generated/elasticloadbalancingv2';
import type { TargetGroupHandle } from './target-group';

/** The action that sends a request to a target group. */
export function forward(targetGroup: TargetGroupHandle): Pick<Listener.Action, 'Type' | 'TargetGroupArn'> {
  return { Type: 'forward', TargetGroupArn: targetGroup.ref() };
}

/** The action that answers 403 and sends the request nowhere. */
export const refuse: Pick<Listener.Action, 'Type' | 'FixedResponseConfig'> = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'Forbidden' } };
