import { Fn, IntrinsicFunction, Token, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Dashboard } from '../../../src/cfn/generated/cloudwatch';
import type { Metric } from './alarm';

/** A metric on a graph. */
export interface GraphMetric extends Metric {
  readonly label: string;
  /** Its name in expressions, which begins with a lower-case letter. @default none */
  readonly id?: string;
  /** Whether it only serves expressions. @default drawn */
  readonly hidden?: boolean;
}

/** A line that is calculated from the graph's metrics. */
export interface GraphExpression {
  readonly label: string;
  readonly expression: string;
}

/** One graph of a dashboard. */
export interface Graph {
  readonly title: string;
  readonly metrics: readonly GraphMetric[];
  /** @default none */
  readonly expressions?: readonly GraphExpression[];
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum' | `p${number}`;
  /** Region whose metrics it shows. */
  readonly region: Value<string>;
  /** Seconds of one point. @default 60 */
  readonly period?: number;
  /** Level lines. @default none */
  readonly levels?: readonly { readonly label: string; readonly value: number | Token<'Number'> }[];
}

/** Text on a dashboard, across both columns. */
export interface Note {
  readonly markdown: string;
}

const columns = 2;
const width = 12;
const height = 6;
const noteHeight = 3;

/**
 * Text with intrinsic functions in it as one `Fn::Sub`: each becomes a variable of its own, numbers without quotation marks. Dashboards
 * take their body as text.
 */
function textOf(body: object): IntrinsicFunction {
  const variables: Record<string, IntrinsicFunction> = {};
  const seen = new Map<string, string>();
  const numbers = new Set<string>();
  const text = JSON.stringify(body, function (this: Record<string, unknown>, key: string, rendered: unknown) {
    // What arrives as `rendered` has been through toJSON already.
    const value = this[key];
    if (!(value instanceof IntrinsicFunction)) return rendered;
    const written = JSON.stringify(value);
    const name = seen.get(written) ?? `V${seen.size + 1}`;
    seen.set(written, name);
    variables[name] = value;
    if (value instanceof Token && value.type === 'Number') numbers.add(name);
    return `\${${name}}`;
  });
  return Fn.Sub([...numbers].reduce((body, name) => body.replaceAll(`"\${${name}}"`, `\${${name}}`), text), variables);
}

/** A graph's lines as dashboards write them: metrics as lists that end in their options, expressions as options alone. */
function linesOf({ metrics, expressions = [] }: Graph): readonly (readonly unknown[])[] {
  const drawn = metrics.map(({ namespace, name, dimensions, label, id, hidden }) => [
    namespace,
    name,
    ...Object.entries(dimensions).flat(),
    { label, ...(id ? { id } : {}), ...(hidden ? { visible: false } : {}) },
  ]);
  return [...drawn, ...expressions.map(({ label, expression }, index) => [{ label, expression, id: `e${index + 1}` }])];
}

function graphWidget(graph: Graph, index: number, top: number): object {
  const { title, statistic, region, period = 60, levels } = graph;
  return {
    type: 'metric',
    x: (index % columns) * width,
    y: top + Math.floor(index / columns) * height,
    width,
    height,
    properties: {
      title,
      region,
      stat: statistic,
      period,
      view: 'timeSeries',
      metrics: linesOf(graph),
      ...(levels ? { annotations: { horizontal: levels } } : {}),
    },
  };
}

/**
 * A dashboard of graphs in two columns. Its name ends in the region, because an account's dashboards share one list.
 * @param note text above the graphs. @default none
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboard(t: TemplateBuilder<Parameters, unknown>, id: string, name: string, graphs: readonly Graph[], note?: Note): void {
  const text = note ? [{ type: 'text', x: 0, y: 0, width: columns * width, height: noteHeight, properties: note }] : [];
  const widgets = [...text, ...graphs.map((graph, index) => graphWidget(graph, index, note ? noteHeight : 0))];
  t.add(id, new Dashboard({ DashboardName: t.resourceName(name, 'account'), DashboardBody: textOf({ widgets }) }));
}
