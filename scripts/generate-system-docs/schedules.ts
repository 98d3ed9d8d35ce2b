import type { ResolvedDeployment, ResolvedResource } from '../../src/resolve';
import type { ResolvedEnvironment } from './environment';
import { table } from './table';

function ofType({ deployments }: ResolvedEnvironment, type: string): readonly (Pick<ResolvedDeployment, 'region'> & { readonly resource: ResolvedResource })[] {
  return deployments.flatMap(({ instance, region }) => [...instance.resources()].filter((resource) => resource.type === type).map((resource) => ({ region, resource })));
}

/** Whether AWS Backup restores something of the environment to test it. */
export const hasRestoreTest = (environment: ResolvedEnvironment): boolean => ofType(environment, 'AWS::Backup::RestoreTestingPlan').length > 0;

/** When AWS Backup copies, restores and deletes by itself, as the templates say. */
export function restoreTestTable(environment: ResolvedEnvironment): string {
  const plans = ofType(environment, 'AWS::Backup::BackupPlan').flatMap(({ resource }) => {
    const { BackupPlanRule = [] } = resource.properties['BackupPlan'] as unknown as { readonly BackupPlanRule?: readonly { readonly ScheduleExpression: string; readonly Lifecycle: { readonly DeleteAfterDays: number } }[] };
    return BackupPlanRule.map((rule) => ['A recovery point is made, and copied', `\`${rule.ScheduleExpression}\` UTC`, `kept for ${rule.Lifecycle.DeleteAfterDays} days`]);
  });
  const tests = ofType(environment, 'AWS::Backup::RestoreTestingPlan').map(({ resource: { properties } }) => {
    const { SelectionWindowDays } = properties['RecoveryPointSelection'] as unknown as { readonly SelectionWindowDays: number };
    return ['The newest one is restored beside the original', `\`${String(properties['ScheduleExpression'])}\` UTC`, `from the last ${SelectionWindowDays} days`];
  });
  const windows = ofType(environment, 'AWS::Backup::RestoreTestingSelection').map(({ resource: { properties } }) => ['The restored instance is deleted', `${String(properties['ValidationWindowHours'])} hours after it stands`, 'look into it before']);
  return table(['What', 'When', ''], [...plans, ...tests, ...windows]);
}

/** The version and windows of each database, earliest patched first: of each cluster, and of each instance that stands by itself. */
export function maintenanceTable(environment: ResolvedEnvironment): string {
  const alone = ofType(environment, 'AWS::RDS::DBInstance').filter(({ resource }) => resource.properties['DBClusterIdentifier'] === undefined);
  const databases = [...alone, ...ofType(environment, 'AWS::RDS::DBCluster')].map(({ region, resource: { id, properties } }) => ({ region, id, properties, window: String(properties['PreferredMaintenanceWindow']) }));
  const rows = databases
    .sort((a, b) => a.window.localeCompare(b.window) || Number(a.properties['EngineVersion'] !== undefined) - Number(b.properties['EngineVersion'] !== undefined))
    .map(({ region, id, properties, window }) => [`\`${id}\``, region, window, properties['EngineVersion'] === undefined ? 'its source’s' : String(properties['EngineVersion']), ...(alone.length > 0 ? [properties['MultiAZ'] === true ? 'yes' : 'no'] : [])]);
  return table([alone.length > 0 ? 'Instance' : 'Cluster', 'Region', 'Patched in (UTC)', alone.length > 0 ? 'MySQL' : 'PostgreSQL', ...(alone.length > 0 ? ['Standby in another zone'] : [])], rows);
}
