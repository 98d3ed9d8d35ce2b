import type { IntrinsicFunction, TemplateBuilder } from '../../../src/cfn';
import { archiveLogGroups, type LogArchive } from '../../modules/monitoring/log-archive';
import type { CustomerPortalSettings } from './settings';

/** The parameters of a template that has log groups: the region's archive, as the `archive` template made it. */
export const archiveParameters = { ArchiveStreamArn: { Type: 'String' }, ArchiveRoleArn: { Type: 'String' } } as const;

/** The archive that a stream and a role make, with the name that all subscriptions to it have. */
export function archiveOf(t: TemplateBuilder<Record<never, never>, CustomerPortalSettings>, streamArn: IntrinsicFunction, roleArn: IntrinsicFunction): LogArchive {
  return { streamArn, roleArn, filterName: t.resourceName('archive') };
}

/** Copies all log groups of a template into the region's archive. The last line of its body: it takes the groups that stand by then. */
export function archiveLogs(t: TemplateBuilder<typeof archiveParameters, CustomerPortalSettings>): void {
  archiveLogGroups(t, archiveOf(t, t.param('ArchiveStreamArn'), t.param('ArchiveRoleArn')));
}
