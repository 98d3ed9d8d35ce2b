import { z } from 'zod';
import { Unknown, type Value } from '../../resolve';
import { text, textParts, type TextPart } from '../../resolve/text';
import type { MetricUse } from './metric-use';

const body = 'Properties/DashboardBody';
const paths: MetricUse['paths'] = { namespace: body, name: body, dimensions: body };

const widget = z.object({
  type: z.string(),
  properties: z.object({ title: z.string().optional(), region: z.string().optional(), metrics: z.array(z.array(z.unknown())).optional() }).default({}),
});

const isText = (entry: unknown): entry is string => typeof entry === 'string';

const bodySchema = z.object({ widgets: z.array(widget) });

/** Stands for an unknown inside the text of a body; JSON has no use for these characters. */
const mark = (index: number): string => `\u{f0000}${index}\u{f0001}`;
const marks = /\u{f0000}(\d+)\u{f0001}/u;

/**
 * The metrics on the graphs of a dashboard, each in its graph's region, or in its own when the line names one.
 * @param written `DashboardBody` as resolved: text in which parts may be unknown
 * @param region of the instance that holds the dashboard, which a graph without one shows
 * @returns undefined when the body is not text, or not the JSON of a dashboard
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function metricsOnDashboard(written: Value | undefined, region: string): MetricUse[] | undefined {
  const parts = written === undefined ? undefined : textParts(written);
  if (!parts) return undefined;
  const unknowns: Unknown[] = [];
  const marked = parts.map((part) => (typeof part === 'string' ? part : mark(unknowns.push(part) - 1))).join('');
  const parsed = bodySchema.safeParse(parseJson(marked));
  if (!parsed.success) return undefined;
  const unmark = (entry: string): Value => text(entry.split(marks).map((piece, index): TextPart => (index % 2 === 0 ? piece : (unknowns[Number(piece)] ?? piece))));
  return parsed.data.widgets
    .filter(({ type }) => type === 'metric')
    .flatMap(({ properties }) => {
      const { title, metrics = [] } = properties;
      return unshortened(metrics).flatMap((line) => metricOfLine(line, unmark, { part: title, region: properties.region ?? region }));
    });
}

/** Lines with what they leave out: `.` repeats the entry above, `...` all entries up to the ones that follow. */
function unshortened(lines: readonly (readonly unknown[])[]): unknown[][] {
  const full: unknown[][] = [];
  for (const line of lines) {
    const above = (full.at(-1) ?? []).filter(isText);
    const own = line.filter(isText);
    const settings = line.filter((entry) => !isText(entry));
    const rest = own.slice(1);
    const entries = own[0] === '...' ? [...above.slice(0, above.length - rest.length), ...rest] : own.map((entry, index) => (entry === '.' ? above[index] : entry));
    full.push([...entries, ...settings]);
  }
  return full;
}

function metricOfLine(line: readonly unknown[], unmark: (entry: string) => Value, place: { part: string | undefined; region: string }): MetricUse[] {
  const [namespace, name, ...dimensions] = line.filter(isText);
  if (namespace === undefined || name === undefined) return [];
  const settings = z.object({ region: z.string() }).safeParse(line.at(-1));
  const region = unmark(settings.success ? settings.data.region : place.region);
  const pairs = dimensions.flatMap((dimension, index) => (index % 2 === 0 ? [[dimension, unmark(dimensions[index + 1] ?? '')] as const] : []));
  return [{ namespace: unmark(namespace), name: unmark(name), dimensions: new Map(pairs), region: typeof region === 'string' ? region : undefined, paths, part: place.part }];
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
