import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { RegionSwitchRoleSettings } from '../../modules/dns/region-switch-role';
import { eksDeployments } from '../../modules/dns/scaled-workloads';
import { auroraGlobalDatabase } from '../../modules/dns/switched-database';
import { clusterName } from './cluster-names';
import { auroraClusterIdentifier, globalClusterIdentifier } from './database-names';
import type { FintechGlobalSettings } from './settings';

type Builder = TemplateBuilder<Parameters, FintechGlobalSettings>;

/** The plan's part of names, which leaves room for the rest of its 32 characters. */
const part = 'switch';

/** The role of the region-switch plan, which stands in the primary region and, as roles do, counts in both: their clusters let it in. */
export const regionSwitchRoleName = (t: Builder): Name => t.resourceName(part, 'account').in(t.context.regions.primary);

/** What the region-switch plan moves, which its role must be allowed: the database, and the pods of both services. */
export function regionSwitch(t: Builder): RegionSwitchRoleSettings {
  return {
    name: part,
    database: auroraGlobalDatabase(t.context.regions, { globalCluster: globalClusterIdentifier(t), cluster: auroraClusterIdentifier(t) }),
    workloads: eksDeployments(t.context.regions, { cluster: clusterName(t), namespace: t.settings.kubernetes.namespace, deployments: Object.keys(t.settings.services) }),
  };
}
