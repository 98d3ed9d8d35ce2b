import { closest, distance } from 'fastest-levenshtein';
import { wrongDimensionValue } from './dimension-value';
import { knownNamespaces, type KnownNamespace, type MetricGroup } from './known-metrics';
import type { MetricUse } from './metric-use';
import type { JudgeUseOptions, MetricProblem } from './problem';
import type { WrittenMetric } from './system-resources';

/** Where the lists are that a reviewed metric is added to. */
const list = 'src/check/metrics/known-metrics';

/**
 * Says what keeps a metric from ever having data: no such namespace, name or set of dimensions, a value that names no resource of the
 * system, or a region that doesn't have it. What deployment decides is not judged.
 */
export function problemsOf(use: MetricUse, options: JudgeUseOptions): MetricProblem[] {
  const { namespace, name } = use;
  const written = use.region === undefined ? undefined : options.resources.written(use.region).filter((metric) => JSON.stringify(metric.namespace) === JSON.stringify(namespace));
  if (written && written.length > 0) return problemsOfWritten(use, written, options);
  if (typeof namespace !== 'string' || typeof name !== 'string') return [];
  const known = knownNamespaces[namespace];
  if (!known) return use.region !== undefined && options.resources.publishes(use.region, namespace) ? [] : unknownNamespace(namespace, options);
  const groups = known.metrics.filter(({ names }) => names.includes(name));
  const [group] = groups;
  if (!group) return unknownName(namespace, name, known, options);
  const dimensions = wrongDimensions(use, known, groups);
  if (dimensions) return [dimensions];
  const region = wrongRegion(use, namespace, known);
  if (region) return [region];
  return [...use.dimensions].flatMap(([dimension, value]) => {
    const wrong = wrongDimensionValue({ dimension, value, known: known.dimensions[dimension] ?? {}, region: known.region ? undefined : use.region }, options);
    return wrong ? [{ ...wrong, page: group.page ?? known.page }] : [];
  });
}

function problemsOfWritten({ namespace, name, dimensions }: MetricUse, written: readonly WrittenMetric[], { strict }: JudgeUseOptions): MetricProblem[] {
  const ofName = written.filter((metric) => JSON.stringify(metric.name) === JSON.stringify(name));
  if (ofName.length === 0) {
    const names = written.map((metric) => metric.name).filter((each): each is string => typeof each === 'string');
    if (!strict && (typeof name !== 'string' || nearMiss(name, names) === undefined)) return [];
    return [{ rule: 'metric-name', part: 'name', what: `No metric filter of the system writes ${textOf(name)} to ${textOf(namespace)}`, now: textOf(name), fix: `Write ${offer(textOf(name), names)}` }];
  }
  const given = [...dimensions.keys()].sort();
  if (ofName.some((metric) => metric.dimensions.join() === given.join())) return [];
  return [{ rule: 'metric-dimensions', part: 'dimensions', what: `The metric filter writes ${textOf(name)} with other dimensions`, now: setText(given), fix: `Write ${ofName.map((metric) => setText(metric.dimensions)).join(' or ')}` }];
}

function unknownNamespace(namespace: string, { strict }: JudgeUseOptions): MetricProblem[] {
  const names = Object.keys(knownNamespaces);
  const near = nearMiss(namespace, names);
  if (near === undefined && !strict) return [];
  const fix = near === undefined ? `Name a namespace that exists, or add it to ${list} with its AWS page; a metric of ours is known by the metric filter that writes it, or by the role that may publish to its namespace` : `Write ${near}`;
  return [{ rule: 'metric-namespace', part: 'namespace', what: `No metric is known in the namespace ${namespace}`, now: namespace, fix, page: near === undefined ? undefined : knownNamespaces[near]?.page }];
}

function unknownName(namespace: string, name: string, { metrics, page }: KnownNamespace, { strict }: JudgeUseOptions): MetricProblem[] {
  const names = metrics.flatMap((group) => group.names);
  if (!strict && nearMiss(name, names) === undefined) return [];
  return [{ rule: 'metric-name', part: 'name', what: `${namespace} has no metric ${name}`, now: name, fix: `Write ${offer(name, names)}${strict ? `, or add it to ${list} from the page of ${namespace}` : ''}`, page }];
}

function wrongDimensions({ name, dimensions }: MetricUse, { page }: KnownNamespace, groups: readonly MetricGroup[]): MetricProblem | undefined {
  const given = [...dimensions.keys()].sort();
  const sets = groups.flatMap((group) => group.dimensions);
  if (sets.some((set) => [...set].sort().join() === given.join())) return undefined;
  return { rule: 'metric-dimensions', part: 'dimensions', what: `${textOf(name)} is not published with these dimensions, so it would never have data`, now: setText(given), fix: `Write ${sets.map(setText).join(', or ')}`, page: groups[0]?.page ?? page };
}

function wrongRegion({ region, dimensions }: MetricUse, namespace: string, { region: only, page }: KnownNamespace): MetricProblem | undefined {
  const published = only ?? (namespace === 'AWS/WAFV2' && dimensions.has('WebACL') && !dimensions.has('Region') ? 'us-east-1' : undefined);
  if (published === undefined || region === undefined || region === published) return undefined;
  return { rule: 'metric-region', part: 'namespace', what: `${namespace} is published in ${published} only`, now: region, fix: `Move the alarm to a deployment in ${published}, or let the graph show ${published}`, page };
}

function textOf(value: MetricUse['name']): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function setText(names: readonly string[]): string {
  return names.length === 0 ? 'no dimension' : names.join(' and ');
}

/** A name that differs in case or by two letters at most: surely meant. */
function nearMiss(written: string, names: readonly string[]): string | undefined {
  const sameLetters = names.find((name) => name.toLowerCase() === written.toLowerCase());
  if (sameLetters !== undefined || names.length === 0) return sameLetters;
  const nearest = closest(written, [...names]);
  return distance(written, nearest) <= 2 ? nearest : undefined;
}

function offer(written: string, names: readonly string[]): string {
  const sorted = [...new Set(names)].sort((left, right) => distance(left.toLowerCase(), written.toLowerCase()) - distance(right.toLowerCase(), written.toLowerCase()));
  return sorted.slice(0, nearMiss(written, names) === undefined ? 3 : 1).join(', or ');
}
