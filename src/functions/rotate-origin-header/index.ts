import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { setTimeout as pause } from 'node:timers/promises';
import { discreet } from './discretion';
import { distribution } from './distribution';
import { environmentIn } from './environment';
import { regionOf, rules } from './rules';
import { rotate, type Origin, type Outcome } from './rotation';
import { secrets } from './secrets';

/**
 * Rotates the header by which load balancers know CloudFront, in all regions, without a moment in which one refuses what
 * CloudFront sends. Invoked by a schedule, it goes on with a rotation that is under way, begins one when the value is too old,
 * and else does nothing; the event `{"rotate": true}` begins one now. It takes what {@link nextStep} says until its time is up:
 * CloudFront's deployment takes minutes, and what is left is done by the next invocation.
 *
 * **Rollouts in between.** CloudFormation reads the secrets only for a resource that it changes, and a rotation changes no
 * template: an ordinary rollout touches neither rules nor origins. One that does change them reads the secrets as they are then.
 * Rules get the current and the next value, among which is always what CloudFront sends. CloudFront gets the current value, which
 * the rules accept until every edge location sends the one that takes its place; the function sees it and goes on from there. The
 * copies of the secrets are awaited before the old value ends, and the minutes of quiet cover a value that was read before and
 * written after.
 *
 * One case is not covered but bounded: when the rules of the home region and the distribution are both changed in the seconds
 * in which the new current value is copied, CloudFront may get the old value, and those rules the new one alone. The function looks
 * every two seconds then, and lets them accept both again; when it is killed at that moment, Lambda calls it again after a minute.
 * The deployments of a rollout that change them are further apart.
 *
 * Environment: see {@link environmentIn}. The role needs `cloudfront:GetDistribution` and `cloudfront:UpdateDistribution` on the
 * distribution, `wafv2:GetWebACL` on its web ACL, `elasticloadbalancing:DescribeRules`, `elasticloadbalancing:ModifyRule` on the rules,
 * `secretsmanager:GetSecretValue` on the secrets in every region and `secretsmanager:PutSecretValue` in their home region, and
 * `kms:Decrypt` and `kms:GenerateDataKey` on their keys through Secrets Manager.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
export async function handler(event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<Outcome> {
  const { distributionId, header, names, home, rules: arns, days, quiet } = environmentIn(process.env);
  const front = distribution(new CloudFrontClient({ region: 'us-east-1' }), distributionId, header);
  const accepting = rules(arns, header, once((region) => new ElasticLoadBalancingV2Client({ region })));
  const copies = [...new Set(arns.map(regionOf))].filter((region) => region !== home);
  const kept = secrets({ names, home, copies }, once((region) => new SecretsManagerClient({ region })));
  const origin: Origin = {
    async find() {
      const [found, both, all] = await Promise.all([front.find(), kept.find(), accepting.find()]);
      return { distribution: found, ...both, rules: all };
    },
    send: front.send,
    accept: accepting.accept,
    store: kept.store,
  };
  const isAsked = typeof event === 'object' && event !== null && Reflect.get(event, 'rotate') === true;
  const outcome = await rotate(discreet(origin), { isAsked, days }, { now: Date.now, remaining: () => context.getRemainingTimeInMillis(), pause: (time) => pause(time), quiet });
  console.log(JSON.stringify(outcome));
  return outcome;
}

/** Makes a thing for each region once. */
function once<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const thing = made.get(region) ?? make(region);
    made.set(region, thing);
    return thing;
  };
}
