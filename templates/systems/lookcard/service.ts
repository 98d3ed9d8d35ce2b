import type { Handle, TemplateDefinition, Token } from '../../../src/cfn';
import { cardDataProtection } from '../../modules/monitoring/card-data-protection';
import { logGroup } from '../../modules/monitoring/log-group';
import { logLevelMetrics } from '../../modules/monitoring/log-level-metrics';
import { appRunnerService } from './app-runner-service';
import type { Catalogue } from './catalogue';
import { cronService } from './cron-service';
import { defineTemplate } from './environments';
import { fanOut } from './fan-out';
import { pascal } from './parameters';
import { runningService } from './running-service';
import { serviceName } from './service-names';
import { parametersOf, type ServiceBuilder, type wiring } from './service-parameters';
import { serviceQueue } from './service-queue';
import type { ServiceRow } from './service-row';
import { serviceTables } from './service-tables';
import { serviceTask } from './service-task';
import { serviceWays } from './service-ways';
import type { LookcardSettings } from './settings';

/** What a service's stack tells its deployment, by which kind of service it is. */
export type ServiceOutputs = Readonly<Record<string, Token<'String'>>>;

/** The output with the full name of the target group, as metrics name it. */
export const targetsOutput = 'TargetGroupFullName';

/** The output with the address of a service on App Runner. */
export const addressOutput = 'ServiceUrl';

/** The template of a service, all of it from its row. */
export function serviceTemplate(row: ServiceRow, catalogue: Catalogue): TemplateDefinition<typeof wiring, ServiceOutputs, LookcardSettings> {
  return defineTemplate(`service-${row.name}`, { description: `LookCard service ${row.name}`, parameters: parametersOf(row, catalogue) }, (t): ServiceOutputs => {
    const onAppRunner = runsOnAppRunner(row, t.settings);
    const ways = serviceWays(t, row, catalogue, !onAppRunner);
    serviceTables(t, row.tables ?? []);
    const queue = row.queue === undefined ? undefined : serviceQueue(t, row);
    if (queue && row.fansOut) fanOut(t, row, queue, catalogue);
    if (onAppRunner) return { [addressOutput]: appRunnerService(t, row, catalogue).att('ServiceUrl') };
    return inCluster(t, row, catalogue, ways);
  });
}

/** Whether a service runs on App Runner instead of its cluster. */
export const runsOnAppRunner = ({ appRunner }: ServiceRow, { webAppHosting }: LookcardSettings): boolean => appRunner === true && webAppHosting === 'apprunner';

/** The service as a task of its cluster, always running or by its schedule. */
function inCluster(t: ServiceBuilder, row: ServiceRow, catalogue: Catalogue, ways: readonly Handle[]): ServiceOutputs {
  const log = logGroup(t, 'Log', {
    name: serviceName(t, row).after('/ecs/'),
    retentionInDays: t.settings.logRetentionDays,
    keyArn: t.param('DataKeyArn'),
    dataProtectionPolicy: cardDataProtection,
  });
  // Where a load balancer counts a service's errors, nobody needs them counted in its log.
  if (!row.entrance) logLevelMetrics(t, 'Log', { logGroup: log, name: pascal(row.name) });
  const task = serviceTask(t, row, catalogue, log);
  if (row.schedule) {
    cronService(t, row, row.schedule, task);
    return {};
  }
  const entrance = runningService(t, row, task, ways);
  return entrance ? { [targetsOutput]: entrance.targetGroup.att('TargetGroupFullName') } : {};
}
