import { computeMetrics } from './compute-metrics';
import { dataMetrics } from './data-metrics';
import { entranceMetrics } from './entrance-metrics';
import type { KnownNamespace } from './known-namespace';
import { observationMetrics } from './observation-metrics';

export type { KnownDimension, KnownNamespace, MetricGroup, NamedResource } from './known-namespace';

/** The namespaces that our systems use, each reviewed against its page. A namespace, or a name, that is missing here is added with its page. */
export const knownNamespaces: Readonly<Record<string, KnownNamespace>> = { ...entranceMetrics, ...computeMetrics, ...dataMetrics, ...observationMetrics };
