import type { Value } from '../../../src/cfn';
import type { Graph } from './dashboard';
import { ofRestApi } from './rest-api-alarms';

/** A stage of a REST API in one region. */
export interface RestApiGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly api: Value<string>;
  readonly stage: Value<string>;
}

/** Graphs of how often it is called, refuses and fails, and of how long the slowest calls take. */
export function restApiGraphs({ region, place, api, stage }: RestApiGraphsSettings): readonly Graph[] {
  const of = (name: Parameters<typeof ofRestApi>[0], label: string) => ({ ...ofRestApi(name, api, stage), label });
  return [
    { title: `API calls in ${place}`, statistic: 'SampleCount', region, metrics: [of('Count', 'calls')] },
    { title: `API errors in ${place}`, statistic: 'Sum', region, metrics: [of('4XXError', '4xx'), of('5XXError', '5xx')] },
    { title: `API latency of the slowest in ${place}, ms`, statistic: 'p99', region, metrics: [of('Latency', '99 %'), of('IntegrationLatency', '99 % in the backend')] },
  ];
}
