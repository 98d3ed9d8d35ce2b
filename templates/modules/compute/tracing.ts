import { Aws, type IntrinsicFunction } from '../../../src/cfn';
import { allow } from '../security/policy';
import type { Sidecar } from './fargate-task';

/**
 * The right to send traces to X-Ray and to learn which requests to trace. None of its actions knows a resource.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
export const mayTrace = allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], ['*']);

/** CPU units and MiB that the collector has of each task. */
export const collectorSize = { cpu: 32, memory: 128 } as const;

/** Takes spans from the task's own containers only, and sends them on in batches; above its memory it refuses spans instead of dying. */
const configuration = {
  receivers: { otlp: { protocols: { grpc: { endpoint: '127.0.0.1:4317' }, http: { endpoint: '127.0.0.1:4318' } } } },
  processors: { memory_limiter: { check_interval: '1s', limit_mib: 96, spike_limit_mib: 24 }, batch: { timeout: '5s', send_batch_size: 50 } },
  exporters: { awsxray: {} },
  service: { pipelines: { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['awsxray'] } }, telemetry: { logs: { level: 'warn' } } },
};

/**
 * The collector of the AWS Distro for OpenTelemetry as a sidecar that takes a task's traces and sends them to X-Ray. Not the X-Ray daemon,
 * which is in maintenance since 25 February 2026. The task's role needs `mayTrace`.
 * @param image the collector's by digest, from a registry that the task can reach
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-eos.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/trace-data.html
 */
export function traceCollector(image: IntrinsicFunction): Sidecar {
  return { container: 'trace-collector', image, ...collectorSize, environment: { AOT_CONFIG_CONTENT: JSON.stringify(configuration), AWS_REGION: Aws.region } };
}

/**
 * How a container finds its collector: environment variables of every OpenTelemetry SDK.
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export const tracingEnvironment = (service: string): Readonly<Record<string, string>> => ({
  OTEL_SERVICE_NAME: service,
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_PROPAGATORS: 'xray,tracecontext',
});
