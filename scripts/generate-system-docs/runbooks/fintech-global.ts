import type { NameSource, RunbookNames } from './name-source';

const database: NameSource = { variable: 'DATABASE', deployment: 'platform', resource: 'Data/Cluster', property: 'DBClusterIdentifier' };
/** The other region's cluster of the global database. */
const standby: NameSource = { ...database, variable: 'STANDBY', in: 'secondary' };

const loadBalancer: NameSource = { variable: 'LOAD_BALANCER', deployment: 'platform', resource: 'Entrance/LoadBalancer', property: 'Name' };
const globalDatabase: NameSource = { variable: 'GLOBAL', deployment: 'platform', resource: 'Data/GlobalDatabase', property: 'GlobalClusterIdentifier' };
const cluster: NameSource = { variable: 'CLUSTER', deployment: 'platform', resource: 'Compute/Cluster', property: 'Name' };
const planName: NameSource = { variable: 'PLAN_NAME', deployment: 'edge', resource: 'EdgeDns/RegionSwitch', property: 'Name' };

/** The names of each of the platform's runbooks. */
export const fintechGlobalRunbooks: RunbookNames = {
  failover: [
    { variable: 'ALARM', deployment: 'edge', resource: 'EdgeMonitoring/PrimaryHealth', property: 'AlarmName' },
    { variable: 'LAG_ALARM', deployment: 'platform', in: 'secondary', resource: 'Monitoring/ReplicationLag', property: 'AlarmName' },
    { variable: 'DASHBOARD', deployment: 'platform', in: 'secondary', resource: 'Monitoring/Dashboard', property: 'DashboardName' },
    loadBalancer,
    planName,
    globalDatabase,
    database,
    standby,
    cluster,
  ],
  'budget-alerts': [
    { variable: 'TOPIC', deployment: 'edge', resource: 'Cost/CostTopic', property: 'TopicName' },
    { variable: 'FIGURES', deployment: 'edge', resource: 'Cost/BudgetMetrics', property: 'FunctionName' },
    { variable: 'DASHBOARD', deployment: 'edge', resource: 'Cost/Dashboard', property: 'DashboardName' },
  ],
  'cost-export': [],
  failback: [loadBalancer, planName, globalDatabase, database, standby],
  kubectl: [cluster],
  'deploy-application': [
    { variable: 'API_REPOSITORY', deployment: 'foundation', resource: 'Security/ApiRepository', property: 'RepositoryName' },
    { variable: 'WORKER_REPOSITORY', deployment: 'foundation', resource: 'Security/WorkerRepository', property: 'RepositoryName' },
    cluster,
  ],
  restore: [
    database,
    { variable: 'SUBNETS', deployment: 'platform', resource: 'Data/SubnetGroup', property: 'DBSubnetGroupName' },
    { variable: 'SESSIONS', deployment: 'platform', resource: 'Data/Sessions', property: 'TableName' },
  ],
  secrets: [
    { variable: 'DATABASE_SECRET', deployment: 'foundation', resource: 'Security/DatabaseSecret', property: 'Name' },
    { variable: 'CACHE_SECRET', deployment: 'foundation', resource: 'Security/CacheSecret', property: 'Name' },
    { variable: 'ENCRYPTION_KEYS', deployment: 'foundation', resource: 'Security/EncryptionKeysSecret', property: 'Name' },
    { variable: 'API_KEYS', deployment: 'foundation', resource: 'Security/ApiKeysSecret', property: 'Name' },
    database,
    { variable: 'LOG', deployment: 'platform', resource: 'Data/RotatePasswordLog', property: 'LogGroupName' },
    { variable: 'DATA_KEY', deployment: 'foundation', in: 'secondary', resource: 'Security/DataKeyAlias', property: 'AliasName' },
  ],
};
