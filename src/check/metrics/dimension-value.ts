import { explain, leavesOf, Unknown, type Origin, type Value } from '../../resolve';
import type { KnownDimension, NamedResource } from './known-metrics';
import type { JudgeUseOptions, MetricProblem } from './problem';

/** A dimension of a use, with what is known of it. */
export interface DimensionValue {
  readonly dimension: string;
  readonly value: Value;
  readonly known: KnownDimension;
  /** Where the resource must stand: where the metric is read; undefined for services that are in no region. */
  readonly region: string | undefined;
}

/**
 * Says when a dimension's value names nothing of the system, or something else than the dimension means.
 * A value that only deployment can tell, such as a parameter's, is not judged.
 */
export function wrongDimensionValue({ dimension, value, known, region }: DimensionValue, { resources, strict }: JudgeUseOptions): MetricProblem | undefined {
  const { values = [], resources: named = [] } = known;
  if (named.length === 0 && values.length === 0) return undefined;
  if (typeof value === 'string' && values.includes(value)) return undefined;
  const fix = fixOf(known);
  if (value instanceof Unknown && value.origin.kind === 'resource') {
    const { type, attribute, instance } = value.origin;
    const fits = named.some((each) => each.type === type && each.attributes.includes(attribute));
    if (!fits && named.some((each) => resources.hasNamed(each, value, region))) return undefined;
    if (!fits) return { rule: 'metric-dimension-value', part: 'dimensions', what: `${dimension} is given something else than ${meaning(known)}`, now: sourceOf(value.origin), fix };
    const stands = resources.regionOfInstance(instance);
    if (region === undefined || stands === undefined || stands === region) return undefined;
    return { rule: 'metric-region', part: 'dimensions', what: `${dimension} names a resource in ${stands}, where its metrics are, but the metric is read in ${region}`, now: sourceOf(value.origin), fix: `Read it in ${stands}, or name the resource of ${region}` };
  }
  if (named.some((each) => resources.hasNamed(each, value, region))) return undefined;
  if (leavesOf(value).some(({ origin }) => !isComparable(origin))) return undefined;
  if (named.length > 0 && !strict) return undefined;
  const names = named.flatMap((each) => resources.namesOf(each, region));
  const offered = names.length === 0 ? '' : `; ${region ?? 'the system'} has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
  return { rule: 'metric-dimension-value', part: 'dimensions', what: `${dimension} names nothing that the system has${region === undefined ? '' : ` in ${region}`}`, now: typeof value === 'string' ? value : explain(value), fix: `${fix}${offered}` };
}

/** Whether a part of a name is the same wherever the system names it, so that two names can be told apart. */
function isComparable(origin: Origin): boolean {
  return origin.kind === 'resource' || (origin.kind === 'pseudo' && origin.name === 'AWS::AccountId');
}

/** The resource and what is read of it, in words that are the same in each region. */
function sourceOf({ attribute, type, stack, logicalId }: Extract<Origin, { kind: 'resource' }>): string {
  return `${attributeText(attribute)} of the ${type} ${stack === '' ? '' : `${stack}/`}${logicalId}`;
}

function attributeText(attribute: string): string {
  return attribute === 'Ref' ? 'Ref' : `GetAtt ${attribute}`;
}

function meaning({ values = [], resources = [] }: KnownDimension): string {
  return [...values, ...resources.map(sourceText)].join(', or ');
}

function fixOf(known: KnownDimension): string {
  return `Write ${meaning(known)}`;
}

function sourceText({ type, attributes, properties = [] }: NamedResource): string {
  const attribute = attributes.map(attributeText).join(' or ');
  return attribute === '' ? `${properties.join(' or ')} of an ${type}` : `${attribute} of an ${type}`;
}
