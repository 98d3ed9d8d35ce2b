import type { KubernetesObject } from '../../../src/cfn';
import { restrictedNamespace } from './namespace';

/** Where the log router of Fargate sends what pods write. */
export interface FargateLoggingSettings {
  /** Minor version of the cluster. */
  readonly version: string;
  readonly region: string;
  /** A log group that stands: one that the router made would have neither key nor retention. */
  readonly logGroupName: string;
}

/**
 * The configuration of Fluent Bit that Fargate reads, whose namespace, names and labels AWS prescribes. Pods read it when they start.
 * Lines of a container runtime are parsed, and those in JSON become fields of the event. The pod execution role must be allowed to
 * write the log group.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 */
export function fargateLogging({ version, region, logGroupName }: FargateLoggingSettings): readonly KubernetesObject[] {
  const namespace = 'aws-observability';
  return [
    restrictedNamespace(namespace, version, { 'aws-observability': 'enabled' }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'aws-logging', namespace },
      data: {
        flb_log_cw: 'false',
        'filters.conf': sections('FILTER', { Name: 'parser', Match: '*', Key_Name: 'log', Parser: 'runtime' }, { Name: 'kubernetes', Match: 'kube.*', Merge_Log: 'On', Keep_Log: 'Off', Buffer_Size: '0', Kube_Meta_Cache_TTL: '300s' }),
        'output.conf': sections('OUTPUT', { Name: 'cloudwatch_logs', Match: 'kube.*', region, log_group_name: logGroupName, log_stream_prefix: 'pod-', auto_create_group: 'false' }),
        'parsers.conf': sections('PARSER', { Name: 'runtime', Format: 'regex', Regex: '^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[PF]) (?<log>.*)$', Time_Key: 'time', Time_Format: '%Y-%m-%dT%H:%M:%S.%L%z' }),
      },
    },
  ];
}

/** Sections of one kind, in the form of Fluent Bit, whose keys Fargate wants indented alike. */
function sections(kind: string, ...contents: readonly Readonly<Record<string, string>>[]): string {
  return contents.map((content) => `[${kind}]\n${Object.entries(content).map(([key, value]) => `    ${key} ${value}\n`).join('')}`).join('');
}
