import { paginateListTypes } from '@aws-sdk/client-cloudformation';
import type { Target } from '../target';
import { typesOf, type NewStack } from './new-stack';

/** Types that CloudFormation has everywhere without listing them in its registry. */
const unlisted = /^(Custom::|AWS::CloudFormation::(CustomResource|Macro|WaitCondition|WaitConditionHandle|Stack)$)/;

/**
 * Resource types of new stacks that their region does not have, one sentence a region and account. What stands already has shown that its
 * types are there, and `meridian check` has asked the schemas of both regions.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListTypes.html
 */
export async function typeProblems(stacks: readonly NewStack[]): Promise<string[]> {
  const places = new Map<string, NewStack[]>();
  for (const stack of stacks) places.set(placeOf(stack), [...(places.get(placeOf(stack)) ?? []), stack]);
  const problems = await Promise.all(
    [...places.values()].map(async (here) => {
      const [{ target, node }] = here as [NewStack, ...NewStack[]];
      const wanted = [...new Set(here.flatMap(typesOf))].filter((type) => !unlisted.test(type)).sort();
      const available = await availableTypes(target, node.region);
      const missing = wanted.filter((type) => !available.has(type));
      return missing.length === 0 ? [] : [`Region ${node.region} lacks resource types: ${missing.join(', ')}. Choose another region in the regions of the system, or leave these resources out there.`];
    }),
  );
  return [...new Set(problems.flat())];
}

function placeOf({ target, node }: NewStack): string {
  return `${target.account} ${node.region}`;
}

async function availableTypes(target: Target, region: string): Promise<ReadonlySet<string>> {
  const client = target.in(region).cloudFormation;
  const types = new Set<string>();
  for await (const page of paginateListTypes({ client, pageSize: 100 }, { Visibility: 'PUBLIC', Type: 'RESOURCE', Filters: { Category: 'AWS_TYPES' } })) {
    for (const { TypeName } of page.TypeSummaries ?? []) if (TypeName) types.add(TypeName);
  }
  return types;
}
