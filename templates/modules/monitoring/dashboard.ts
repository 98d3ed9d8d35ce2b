import { Fn, IntrinsicFunction, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Dashboard } from '../../../src/cfn/generated/cloudwatch';
import type { Metric } from './alarm';

/** One graph of a dashboard. */
export interface Graph {
  readonly title: string;
  readonly metrics: readonly (Metric & { readonly label: string })[];
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Sum' | `p${number}`;
  /** Region whose metrics it shows. */
  readonly region: Value<string>;
}

const columns = 2;
const width = 12;
const height = 6;

/**
 * Text with intrinsic functions in it as one `Fn::Sub`: each becomes a variable of its own. Dashboards take their body as text.
 */
function textOf(body: object): IntrinsicFunction {
  const variables: Record<string, IntrinsicFunction> = {};
  const seen = new Map<string, string>();
  const text = JSON.stringify(body, function (this: Record<string, unknown>, key: string, rendered: unknown) {
    // What arrives as `rendered` has been through toJSON already.
    const value = this[key];
    if (!(value instanceof IntrinsicFunction)) return rendered;
    const written = JSON.stringify(value);
    const name = seen.get(written) ?? `V${seen.size + 1}`;
    seen.set(written, name);
    variables[name] = value;
    return `\${${name}}`;
  });
  return Fn.Sub(text, variables);
}

/**
 * A dashboard of graphs in two columns. Its name ends in the region, because an account's dashboards share one list.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboard(t: TemplateBuilder<Parameters, unknown>, id: string, name: string, graphs: readonly Graph[]): void {
  const widgets = graphs.map(({ title, metrics, statistic, region }, index) => ({
    type: 'metric',
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
    width,
    height,
    properties: {
      title,
      region,
      stat: statistic,
      period: 60,
      view: 'timeSeries',
      metrics: metrics.map((metric) => [metric.namespace, metric.name, ...Object.entries(metric.dimensions).flat(), { label: metric.label }]),
    },
  }));
  t.add(id, new Dashboard({ DashboardName: t.resourceName(name, 'account'), DashboardBody: textOf({ widgets }) }));
}
