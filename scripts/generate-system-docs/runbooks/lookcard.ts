import type { NameSource, RunbookNames } from './name-source';

const database: NameSource = { variable: 'DATABASE', deployment: 'platform', resource: 'Data/Cluster', property: 'DBClusterIdentifier' };

/** The other region's cluster of the global database. */
const standby: NameSource = { ...database, variable: 'STANDBY', in: 'secondary' };
const globalDatabase: NameSource = { variable: 'GLOBAL', deployment: 'platform', resource: 'Data/GlobalDatabase', property: 'GlobalClusterIdentifier' };
const loadBalancer: NameSource = { variable: 'LOAD_BALANCER', deployment: 'platform', resource: 'Entrance/LoadBalancer', property: 'Name' };
/** The plans of a region switch: the first moves the database. */
const plans: readonly NameSource[] = [
  { variable: 'PLAN_NAME', deployment: 'edge', resource: 'RegionSwitch/RegionSwitch', property: 'Name' },
  { variable: 'SECOND_PLAN_NAME', deployment: 'edge', resource: 'RegionSwitch2/RegionSwitch', property: 'Name' },
];

/** The name of a secret of the foundation. */
const secret = (variable: string, id: string): NameSource => ({ variable, deployment: 'foundation', resource: `Security/${id}`, property: 'Name' });

/** The names of each of LookCard's runbooks. */
export const lookcardRunbooks: RunbookNames = {
  failover: [{ variable: 'ALARM', deployment: 'edge', resource: 'EdgeMonitoring/PrimaryHealth', property: 'AlarmName' }, loadBalancer, ...plans, globalDatabase, database, standby],
  failback: [loadBalancer, ...plans, globalDatabase, database],
  'dns-account': [
    { variable: 'ROLE', deployment: 'delegation', resource: 'Delegation/DelegationRole', property: 'RoleName' },
    { variable: 'ANSWERS', deployment: 'apex', resource: 'Apex/Answers', property: 'Name' },
  ],
  'point-in-time-recovery': [
    database,
    { variable: 'SUBNETS', deployment: 'platform', resource: 'Data/SubnetGroup', property: 'DBSubnetGroupName' },
    { variable: 'VAULT', deployment: 'platform', resource: 'Data/BackupVault', property: 'BackupVaultName' },
  ],
  secrets: [
    secret('DATABASE_SECRET', 'DatabaseSecret'),
    secret('CACHE_SECRET', 'CacheSecret'),
    secret('HEADER_SECRET', 'OriginHeaderSecret'),
    secret('NEXT_HEADER_SECRET', 'NextOriginHeaderSecret'),
    secret('API_KEY_SECRET', 'ApiKeySecret'),
    secret('ISSUER_CREDENTIALS', 'IssuerCredentialsSecret'),
    secret('NOTIFICATION_CREDENTIALS', 'NotificationCredentialsSecret'),
    secret('SUPABASE_JWT', 'SupabaseJwtSecret'),
    { variable: 'ADMINISTRATORS', deployment: 'keys', resource: 'Keys/Administrators', property: 'RoleName' },
  ],
};
