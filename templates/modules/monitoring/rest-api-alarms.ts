import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { alarm, anomalyAlarm, type Metric } from './alarm';

/** A stage of a REST API, and when its alarms go off. */
export interface RestApiAlarmsSettings {
  readonly topic: Token<'String'>;
  /** Name of the API: its metrics know no id. */
  readonly api: Token<'String'>;
  readonly stage: Token<'String'>;
  /** Percent of calls that may fail by our fault. @default 1 */
  readonly mostErrors?: number;
  /** Seconds within which 99 % of the calls are to be answered. */
  readonly answersWithin: number;
}

/** A metric of a stage of a REST API. */
export const ofRestApi = (name: '4XXError' | '5XXError' | 'Count' | 'IntegrationLatency' | 'Latency', api: Value<string>, stage: Value<string>): Metric => ({
  namespace: 'AWS/ApiGateway',
  name,
  dimensions: { ApiName: api, Stage: stage },
});

/**
 * Alarms on errors, refusals and latency of an API. Errors count by their share of the calls: an API for clients with keys has quiet
 * hours, in which a few errors are all that there is to see.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function restApiAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, { topic, api, stage, mostErrors = 1, answersWithin }: RestApiAlarmsSettings): void {
  const of = (name: '4XXError' | '5XXError' | 'Latency') => ofRestApi(name, api, stage);
  alarm(t, `${id}Errors`, {
    name: 'api-errors',
    description: `More than ${mostErrors} % of the API’s calls fail by our fault, for five minutes. Its access log says whether the backend answers with errors, or API Gateway does not reach it; look at the backend’s tasks and its load balancer next`,
    metric: of('5XXError'),
    // The metric is 1 for a call that failed and 0 for one that did not.
    statistic: 'Average',
    comparison: 'GreaterThanThreshold',
    threshold: mostErrors / 100,
    periods: 5,
    topic,
  });
  anomalyAlarm(t, `${id}Refusals`, {
    name: 'api-refusals',
    description: 'More of the API’s calls than usual at this hour are refused. Its access log says why: 403 is a wrong key, 429 a client over its quota, others a broken client or release',
    metric: of('4XXError'),
    statistic: 'Average',
    topic,
  });
  alarm(t, `${id}Latency`, {
    name: 'api-latency',
    description: `One API call of a hundred takes longer than ${answersWithin} s. Compare Latency with IntegrationLatency: when both are high the backend is slow, so look at the CPU of its tasks and at the database; otherwise it is API Gateway`,
    metric: of('Latency'),
    statistic: 'p99',
    comparison: 'GreaterThanThreshold',
    threshold: answersWithin * 1000,
    periods: 5,
    topic,
  });
}
