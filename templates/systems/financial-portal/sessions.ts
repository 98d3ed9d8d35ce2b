import { Fn, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import type { Metric } from '../../modules/monitoring/alarm';

type Builder = TemplateBuilder<Parameters, unknown>;

/** Namespace of the metrics that the API publishes, for one copy of an environment: the only one that it may publish to. */
export function metricsNamespace(t: Builder): IntrinsicFunction {
  return Fn.Sub(`Portal/${t.context.shortEnvironment}-\${EnvironmentSuffix}`);
}

/**
 * The trading sessions that are active in the region. Each API task publishes once a minute how many it holds, zero too, under the
 * dimension `Service` with its service's name; the sum over all tasks is the region's. Part of the contract with whoever builds
 * the image.
 */
export function activeTradingSessions(t: Builder): Metric {
  return { namespace: metricsNamespace(t), name: 'ActiveTradingSessions', dimensions: { Service: t.resourceName('api') } };
}
