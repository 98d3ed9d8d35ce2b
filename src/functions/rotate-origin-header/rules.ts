import { DescribeRulesCommand, ModifyRuleCommand, paginateDescribeRules, type ElasticLoadBalancingV2Client, type RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Rule } from './step';

/** The region in an ARN. */
export function regionOf(arn: string): string {
  const [, , , region] = arn.split(':');
  if (region) return region;
  throw new Error(`"${arn}": no ARN with a region. Give the rules as CloudFormation's Ref of a listener rule does.`);
}

/** Listener rules that ask for a header. */
export interface Rules {
  find(): Promise<readonly Rule[]>;
  /** Makes one rule accept these values of the header and no others; its other conditions stay. */
  accept(arn: string, values: readonly string[]): Promise<void>;
}

/** Whether an ARN is that of a listener, which stands for its rules. */
const isListener = (arn: string): boolean => arn.includes(':listener/');

/**
 * Listener rules behind the API of Elastic Load Balancing, in as many regions as their ARNs name.
 *
 * @param arns   of rules, which all ask for the header; or of listeners, of which those rules count that do
 * @param header name of the header
 * @param clientIn the client of a region
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html
 */
export function rules(arns: readonly string[], header: string, clientIn: (region: string) => ElasticLoadBalancingV2Client): Rules {
  const isHeader = ({ HttpHeaderConfig }: RuleCondition): boolean => HttpHeaderConfig?.HttpHeaderName?.toLowerCase() === header.toLowerCase();

  /** The conditions of rules of one region, in the order of the ARNs. */
  async function conditions(region: string, wanted: readonly string[]): Promise<readonly (readonly RuleCondition[])[]> {
    const { Rules: answer = [] } = await clientIn(region).send(new DescribeRulesCommand({ RuleArns: [...wanted] }));
    return wanted.map((arn) => {
      const found = answer.find(({ RuleArn }) => RuleArn === arn)?.Conditions;
      if (found?.some(isHeader)) return found;
      throw new Error(`Listener rule ${arn}: it does not ask for the header ${header}. Roll the platform deployment out, which makes it do so.`);
    });
  }

  const acceptedBy = (found: readonly RuleCondition[] = []): readonly string[] => found.find(isHeader)?.HttpHeaderConfig?.Values ?? [];

  /** The rules of a listener that ask for the header. */
  async function rulesOf(listener: string): Promise<readonly Rule[]> {
    const found: Rule[] = [];
    for await (const page of paginateDescribeRules({ client: clientIn(regionOf(listener)) }, { ListenerArn: listener })) {
      for (const { RuleArn, Conditions } of page.Rules ?? []) if (RuleArn && Conditions?.some(isHeader)) found.push({ arn: RuleArn, accepts: acceptedBy(Conditions) });
    }
    if (found.length > 0) return found;
    throw new Error(`Listener ${listener}: none of its rules asks for the header ${header}. Roll the deployments with its rules out, which make them do so.`);
  }

  async function findIn(region: string): Promise<readonly Rule[]> {
    const here = arns.filter((arn) => regionOf(arn) === region);
    const named = here.filter((arn) => !isListener(arn));
    const found = named.length > 0 ? await conditions(region, named) : [];
    const ofListeners = await Promise.all(here.filter(isListener).map(rulesOf));
    return [...named.map((arn, index) => ({ arn, accepts: acceptedBy(found[index]) })), ...ofListeners.flat()];
  }

  return {
    async find() {
      const regions = [...new Set(arns.map(regionOf))];
      return (await Promise.all(regions.map(findIn))).flat();
    },
    async accept(arn, values) {
      const region = regionOf(arn);
      const [found = []] = await conditions(region, [arn]);
      const changed = found.map((condition) =>
        isHeader(condition) ? { ...condition, HttpHeaderConfig: { ...condition.HttpHeaderConfig, Values: [...values] } } : condition,
      );
      await clientIn(region).send(new ModifyRuleCommand({ RuleArn: arn, Conditions: changed.map(asInput) }));
    },
  };
}

/** A condition as it may be sent: an answer says some values twice, which is refused. */
function asInput({ Values, ...condition }: RuleCondition): RuleCondition {
  return Object.keys(condition).some((key) => key.endsWith('Config')) ? condition : { ...condition, Values };
}
