import type { ResolvedResource } from '../../resolve';
import { whereOf } from '../checked-template';
import type { Finding } from '../finding';
import type { ResolvedEnvironment } from '../subject';
import { metricsOnDashboard } from './dashboard';
import { problemsOf } from './judge-use';
import { metricsIn, metricTypes, type MetricUse } from './metric-use';
import type { JudgeUseOptions, MetricProblem } from './problem';
import { SystemResources } from './system-resources';

/** What each rule of this check asks for. */
const titles: Readonly<Record<string, string>> = {
  'metric-body': 'A dashboard’s body is the JSON of a dashboard',
  'metric-namespace': 'A metric is in a namespace that somebody publishes to',
  'metric-name': 'A metric has a name that its namespace has',
  'metric-dimensions': 'A metric has a set of dimensions that it is published with',
  'metric-dimension-value': 'A dimension names a resource of the same system',
  'metric-region': 'A metric is read in the region that has it',
};

/**
 * Finds alarms, graphs, objectives, anomaly detectors and scaling policies that name a metric which never has data: CloudWatch
 * takes any name, and such an alarm stays silent for ever.
 * @returns findings, and the number of places that name a metric
 */
export function metricFindings(environments: readonly ResolvedEnvironment[], { strict }: Pick<JudgeUseOptions, 'strict'>): { findings: Finding[]; uses: number } {
  let uses = 0;
  const findings = environments.flatMap((environment) => {
    const resources = new SystemResources(environment);
    return environment.instances.flatMap(({ region, instance }) =>
      [...instance.resources()].flatMap((resource) => {
        const found = usesOf(resource, region);
        if (!found) return [findingOf(environment, region, resource, brokenBody(resource))];
        uses += found.length;
        return found.flatMap((use) => problemsOf(use, { resources, strict }).map((problem) => findingOf(environment, region, resource, problem, use)));
      }),
    );
  });
  return { findings, uses };
}

/** The metrics that a resource names, or undefined for a dashboard that can't be read. */
function usesOf({ type, properties }: ResolvedResource, region: string): MetricUse[] | undefined {
  if (type === 'AWS::CloudWatch::Dashboard') return metricsOnDashboard(properties['DashboardBody'], region);
  return metricTypes.has(type) ? metricsIn(properties, region) : [];
}

function brokenBody({ properties }: ResolvedResource): MetricProblem {
  return { rule: 'metric-body', part: 'namespace', what: 'The dashboard’s body is not the JSON of a dashboard', now: `DashboardBody: ${JSON.stringify(properties['DashboardBody'] ?? null).slice(0, 80)}`, fix: 'Write {"widgets": […]} as text', page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html' };
}

function findingOf({ system, environment, choice, templates }: ResolvedEnvironment, region: string, { file, logicalId }: ResolvedResource, { rule, part, what, now, fix, page }: MetricProblem, use?: MetricUse): Finding {
  const template = templates.get(file);
  return {
    source: 'metrics',
    rule,
    controls: [],
    severity: 'HIGH',
    what,
    where: template ? { ...whereOf(template, logicalId), regions: [region] } : { system, environment, logicalId, regions: [region] },
    now: nowText(now, use),
    fix,
    path: `Resources/${logicalId}/${use?.paths[part] ?? 'Properties/DashboardBody'}`,
    title: titles[rule],
    ...(page === undefined ? {} : { page }),
    ...(choice !== undefined && { choice }),
  };
}

/** The metric as it is named, and what of it is wrong when that is more than its name. */
function nowText(now: string, use: MetricUse | undefined): string {
  if (!use) return now;
  return now === use.name || now === use.namespace ? useText(use) : `${useText(use)}: ${now}`;
}

function useText({ namespace, name, part }: MetricUse): string {
  const metric = [namespace, name].map((word) => (typeof word === 'string' ? word : '…')).join(' ');
  return part === undefined ? metric : `graph “${part}”, ${metric}`;
}
