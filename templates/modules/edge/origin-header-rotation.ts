import { Aws, Fn, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { eventFunction } from '../compute/event-function';
import { allow, arn, type Statement } from '../security/policy';
import type { DistributionHandle } from './distribution';
import { originHeaderName } from './origin-header';

/** Listener rules that ask for the header, by ARN. */
export interface OriginRules {
  readonly primary: Token<'CommaDelimitedList'>;
  readonly secondary: Token<'CommaDelimitedList'>;
}

/** Listeners of which every rule with the header counts, by ARN. */
export interface OriginListeners {
  readonly primaryListener: Token<'String'>;
  /** @default none: the secondary region has no load balancer */
  readonly secondaryListener?: Token<'String'>;
}

/** The header by which load balancers know a distribution, changed by itself. */
export interface OriginHeaderRotationSettings {
  readonly distribution: DistributionHandle;
  /** ARN of its web ACL, which CloudFront lets nobody set who may not read it. */
  readonly webAclArn: IntrinsicFunction;
  /** Names of the two secrets of the form `{"value": …}`: with what CloudFront sends, and with what it sends next. */
  readonly secrets: { readonly current: Name; readonly next: Name };
  /** ARN of the key of the secrets, and of the one of their copies. */
  readonly keys: { readonly primary: IntrinsicFunction; readonly secondary: IntrinsicFunction };
  /**
   * The listener rules that ask for the header, by ARN, in the region of the secrets and in the one of their copies; or the listeners with
   * such rules, where more of them may come than a function's environment has room for.
   */
  readonly rules: OriginRules | OriginListeners;
  /** Key of the function's log and of the events that it failed to handle, in this region. */
  readonly keyArn: IntrinsicFunction;
  readonly topic: IntrinsicFunction;
  /** Days that one value is sent, 1 or more. @default 90, the longest life that PCI DSS 8.6.3 and 8.3.9 leave a secret that stands alone without an analysis of its own */
  readonly days?: number;
  /** Days that the log stays. */
  readonly logRetentionInDays: number;
}

/** Seconds: the longest that Lambda gives. A rotation that takes longer goes on with the next invocation. */
const timeout = 900;

/** Seconds: what CloudFormation takes from reading a secret to writing its value into a resource is seconds, of which this is many times. */
const quietSeconds = 180;

/**
 * A function that gives CloudFront and the load balancers of both regions a new header value, never with a moment in which one
 * refuses what CloudFront sends. It looks every hour, and does nothing until the value is old enough or a rotation is unfinished.
 *
 * It has no reserved concurrency: two runs at the same time do no harm, and a young account has none to reserve.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
export function originHeaderRotation(t: TemplateBuilder<Parameters, unknown>, id: string, settings: OriginHeaderRotationSettings): void {
  const { distribution, secrets, rules, keyArn, topic, days = 90, logRetentionInDays } = settings;
  const name = 'rotate-origin-header';
  eventFunction(t, id, {
    source: name,
    name,
    description: 'Gives CloudFront and the load balancers of both regions a new header value, step by step',
    keyArn,
    timeout,
    logRetentionInDays,
    environment: {
      DISTRIBUTION_ID: distribution.ref(),
      HEADER_NAME: originHeaderName,
      CURRENT_HEADER: secrets.current,
      NEXT_HEADER: secrets.next,
      HOME_REGION: t.context.regions.primary,
      RULE_ARNS: ruleArns(rules),
      ROTATION_DAYS: String(days),
      QUIET_SECONDS: String(quietSeconds),
    },
    statements: rights(t, settings),
    rules: { hourly: { description: 'Rotates the header that CloudFront sends when it is due, and goes on with a rotation that is unfinished', schedule: 'rate(1 hour)' } },
    topic,
  });
}

function rights(t: TemplateBuilder<Parameters, unknown>, { distribution, webAclArn, secrets, rules, keys }: OriginHeaderRotationSettings): readonly Statement[] {
  const { primary, secondary } = t.context.regions;
  // Secrets Manager puts a hyphen and six characters behind a name.
  const secretsIn = (region: string) => [secrets.current, secrets.next].map((secret) => arn('secretsmanager', `secret:${secret.text}-??????`, { region }));
  const throughSecretsManager = (region: string): Statement['Condition'] => ({
    StringEquals: { 'kms:ViaService': Fn.Sub(`secretsmanager.${region}.\${AWS::URLSuffix}`), 'kms:CallerAccount': Aws.accountId },
    StringLike: { 'kms:EncryptionContext:SecretARN': secretsIn(region) },
  });
  return [
    allow(['cloudfront:GetDistribution', 'cloudfront:UpdateDistribution'], [Fn.Sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Id}', { Id: distribution.ref() })]),
    allow(['wafv2:GetWebACL'], [webAclArn]),
    // Reads only, and knows no resources.
    allow(['elasticloadbalancing:DescribeRules'], ['*'], { StringEquals: { 'aws:RequestedRegion': [primary, secondary] } }),
    ...mayModify(rules),
    allow(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], secretsIn(primary)),
    allow(['secretsmanager:GetSecretValue'], secretsIn(secondary)),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.primary], throughSecretsManager(primary)),
    allow(['kms:Decrypt'], [keys.secondary], throughSecretsManager(secondary)),
  ];
}

/** The listeners, that of the secondary only where there is one. */
const listenersOf = ({ primaryListener, secondaryListener }: OriginListeners): readonly Token<'String'>[] => (secondaryListener ? [primaryListener, secondaryListener] : [primaryListener]);

function ruleArns(rules: OriginRules | OriginListeners): IntrinsicFunction {
  return Fn.Join(',', 'primary' in rules ? [rules.primary.text(), rules.secondary.text()] : [...listenersOf(rules)]);
}

/** The right to change the rules: of a listener all of them, whose ARNs are its own but for a word and their ids. */
function mayModify(rules: OriginRules | OriginListeners): readonly Statement[] {
  if ('primary' in rules) return [rules.primary, rules.secondary].map((arns) => allow(['elasticloadbalancing:ModifyRule'], arns.list()));
  const ofListener = (listener: Token<'String'>) => Fn.Sub('${Before}:listener-rule/${Listener}/*', { Before: Fn.Select(0, Fn.Split(':listener/', listener)), Listener: Fn.Select(1, Fn.Split(':listener/', listener)) });
  return [allow(['elasticloadbalancing:ModifyRule'], listenersOf(rules).map(ofListener))];
}
