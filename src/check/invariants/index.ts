import { accessEntries } from './access-entries';
import { accountWideNamesDiffer, regionalNamesDiffer } from './names';
import { alarmCoverage } from './alarm-coverage';
import { alarmTopics } from './alarm-topics';
import { backups } from './backups';
import { clusterZones } from './cluster-zones';
import { anomalyMonitorSubscriptions, podRoles, proxyTargets, targetGroupMembers, targetGroupUses, webAclUses, zoneRecords } from './companions';
import { distributionNames } from './distribution-names';
import { environmentNames } from './environment-names';
import { environmentTags } from './environment-tags';
import { eventFailures } from './event-failures';
import { failoverRecords } from './failover-records';
import { globalDatabaseMembers } from './global-database-members';
import { healthChecks } from './health-checks';
import { healthPaths } from './health-paths';
import { imageReplication } from './image-replication';
import type { Invariant } from './invariant';
import { keyPolicies } from './key-policies';
import { logGroups } from './log-groups';
import { originBuckets } from './origin-buckets';
import { originHeader } from './origin-header';
import { passwordRotation } from './password-rotation';
import { regionSwitch } from './region-switch';
import { regionalReplicas, replicaKeys } from './regional-replicas';
import { secretReplicas } from './secret-replicas';
import { securityGroups } from './security-groups';
import { serviceScaling } from './service-scaling';
import { subnetAssociations } from './subnet-associations';
import { subnetZones } from './subnet-zones';
import { trail } from './trail';
import { usEast1 } from './us-east-1';
import { vpcFlowLogs } from './vpc-flow-logs';
import { vpcRanges } from './vpc-ranges';
import { waysOut } from './ways-out';
import { webAcls } from './web-acls';
import { workloadRoles } from './workload-roles';
import { zonesOfRegion } from './zones-of-region';

/** Every invariant: of the network, of the edge, of data, of names, and of who is told. */
export const invariants: readonly Invariant[] = [
  vpcFlowLogs,
  subnetAssociations,
  subnetZones,
  zonesOfRegion,
  waysOut,
  vpcRanges,
  securityGroups,
  webAcls,
  webAclUses,
  usEast1,
  originHeader,
  originBuckets,
  distributionNames,
  targetGroupUses,
  targetGroupMembers,
  failoverRecords,
  healthChecks,
  healthPaths,
  zoneRecords,
  regionSwitch,
  secretReplicas,
  passwordRotation,
  proxyTargets,
  regionalReplicas,
  replicaKeys,
  globalDatabaseMembers,
  backups,
  clusterZones,
  keyPolicies,
  workloadRoles,
  podRoles,
  accessEntries,
  accountWideNamesDiffer,
  regionalNamesDiffer,
  environmentNames,
  environmentTags,
  serviceScaling,
  eventFailures,
  logGroups,
  alarmTopics,
  alarmCoverage,
  anomalyMonitorSubscriptions,
  trail,
  imageReplication,
];
