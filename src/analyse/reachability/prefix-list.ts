import { Unknown, type Value } from '../../resolve';
import { elementsOf } from '../system-index';
import { addressesOf } from './addresses';
import { union, type Ranges } from './ranges';
import type { RegionResources } from './region-resources';

/** A prefix list that a rule or route names. */
export interface PrefixList {
  /** What stands for its addresses: `cloudfront`, `health-checkers`, `s3`, `dynamodb`, else the logical id of the list or its id. */
  readonly name: string;
  /** Its addresses, where a template gives them; AWS gives those of its own lists only at deployment. */
  readonly addresses?: Ranges;
}

/**
 * Ids of CloudFront's origin-facing lists and of those of gateway endpoints, which differ in each region and never change. Other regions' are
 * found by name or stay symbolic.
 */
const knownLists: ReadonlyMap<string, string> = new Map([
  ['pl-3b927c52', 'cloudfront'],
  ['pl-31a34658', 'cloudfront'],
  ['pl-63a5400a', 's3'],
  ['pl-6fa54006', 's3'],
  ['pl-02cd2c6b', 'dynamodb'],
  ['pl-67a5400e', 'dynamodb'],
]);

/** What AWS's own lists stand for, by the end of their name. */
const knownNames: readonly (readonly [end: string, name: string])[] = [
  ['cloudfront.origin-facing', 'cloudfront'],
  ['route53-healthchecks', 'health-checkers'],
  ['.s3', 's3'],
  ['.dynamodb', 'dynamodb'],
];

/**
 * The prefix list whose id a value is: a list of the templates, one of AWS's that a custom resource looks up by its `Name`, or a literal id.
 * @returns undefined where the value leads to none of them
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
export function prefixListOf(region: RegionResources, id: Value): PrefixList | undefined {
  if (typeof id === 'string') return { name: knownLists.get(id) ?? id };
  const [list] = id instanceof Unknown ? region.index.referredBy(id) : [];
  if (!list) return undefined;
  const { Name, PrefixListName, Entries } = list.properties;
  if (list.type === 'AWS::EC2::PrefixList') {
    const blocks = elementsOf(Entries).map(({ Cidr }) => Cidr);
    const known = blocks.filter((block): block is string => typeof block === 'string' && block.includes('.'));
    return { name: list.logicalId, ...(known.length === blocks.length ? { addresses: union(...known.map(addressesOf)) } : {}) };
  }
  const given = [Name, PrefixListName].find((name): name is string => typeof name === 'string') ?? '';
  return { name: knownNames.find(([end]) => given.endsWith(end))?.[1] ?? list.logicalId };
}
