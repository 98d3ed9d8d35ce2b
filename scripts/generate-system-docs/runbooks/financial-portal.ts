import type { NameSource, RunbookNames } from './name-source';

const loadBalancer: NameSource = { variable: 'LOAD_BALANCER', deployment: 'platform', resource: 'Compute/LoadBalancer', property: 'Name' };
const globalDatabase: NameSource = { variable: 'GLOBAL', deployment: 'platform', resource: 'Data/GlobalDatabase', property: 'GlobalClusterIdentifier' };
const database: NameSource = { variable: 'DATABASE', deployment: 'platform', resource: 'Data/Cluster', property: 'DBClusterIdentifier' };
/** The other region's cluster of the global database. */
const standby: NameSource = { ...database, variable: 'STANDBY', in: 'secondary' };
const cluster: NameSource = { variable: 'CLUSTER', deployment: 'platform', resource: 'Compute/Cluster', property: 'ClusterName' };
const web: NameSource = { variable: 'WEB', deployment: 'platform', resource: 'Compute/Web', property: 'ServiceName' };
const api: NameSource = { variable: 'API', deployment: 'platform', resource: 'Compute/Api', property: 'ServiceName' };
const secret: NameSource = { variable: 'SECRET', deployment: 'foundation', resource: 'Security/DatabaseSecret', property: 'Name' };
// The edge stands in us-east-1, the portal's secondary.
const planName: NameSource = { variable: 'PLAN_NAME', deployment: 'edge', in: 'secondary', resource: 'EdgeDns/RegionSwitch', property: 'Name' };
const healthAlarm: NameSource = { variable: 'ALARM', deployment: 'edge', in: 'secondary', resource: 'EdgeMonitoring/PrimaryHealth', property: 'AlarmName' };
const dashboard: NameSource = { variable: 'DASHBOARD', deployment: 'edge', in: 'secondary', resource: 'EdgeMonitoring/Dashboard', property: 'DashboardName' };

/** The names of each of the financial portal's runbooks. */
export const financialPortalRunbooks: RunbookNames = {
  failover: [healthAlarm, dashboard, loadBalancer, planName, globalDatabase, database, standby, cluster, web, api],
  failback: [loadBalancer, planName, globalDatabase, database],
  'game-day': [
    { variable: 'REGION_LOSS', deployment: 'platform', resource: 'Drill/RegionLoss' },
    { variable: 'REGION_LOSS_LOG', deployment: 'platform', resource: 'Drill/RegionLossLog', property: 'LogGroupName' },
    { variable: 'STRANDED', deployment: 'platform', resource: 'Monitoring/Stranded', property: 'AlarmName' },
    { variable: 'WRITER_LOSS', deployment: 'platform', resource: 'Drill/WriterLoss' },
    { variable: 'ERRORS', deployment: 'platform', resource: 'Compute/RegionErrorAlarm', property: 'AlarmName' },
    { variable: 'LAG', deployment: 'platform', in: 'secondary', resource: 'Monitoring/ReplicationLag', property: 'AlarmName' },
    dashboard,
    planName,
    globalDatabase,
    standby,
  ],
  'origin-header-rotation': [
    { variable: 'CURRENT_HEADER', deployment: 'foundation', resource: 'Security/OriginHeaderSecret', property: 'Name' },
    { variable: 'NEXT_HEADER', deployment: 'foundation', resource: 'Security/NextOriginHeaderSecret', property: 'Name' },
    { variable: 'FUNCTION_NAME', deployment: 'edge', in: 'secondary', resource: 'Edge/RotateOriginHeader', property: 'FunctionName' },
    { variable: 'LOG', deployment: 'edge', in: 'secondary', resource: 'Edge/RotateOriginHeaderLog', property: 'LogGroupName' },
    { variable: 'FAILURES', deployment: 'edge', in: 'secondary', resource: 'Edge/RotateOriginHeaderFailures', property: 'QueueName' },
  ],
  'password-rotation': [
    secret,
    database,
    standby,
    { variable: 'FUNCTION_NAME', deployment: 'platform', resource: 'Data/RotatePassword', property: 'FunctionName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Data/RotatePasswordLog', property: 'LogGroupName' },
    { variable: 'DEFAULT_KEY', deployment: 'foundation', in: 'secondary', resource: 'Security/DefaultKeyAlias', property: 'AliasName' },
  ],
  'first-schema': [
    { variable: 'VPC', deployment: 'foundation', resource: 'Network/Vpc' },
    { variable: 'SUBNET', deployment: 'foundation', resource: 'Network/ServiceSubnet1' },
    { variable: 'GROUP', deployment: 'foundation', resource: 'Network/ApiSecurityGroup', property: 'GroupName' },
    database,
    secret,
    { variable: 'LOG', deployment: 'platform', resource: 'Data/ClusterPostgresqlLog', property: 'LogGroupName' },
  ],
  'spot-shortage': [
    cluster,
    web,
    api,
    { variable: 'FUNCTION_NAME', deployment: 'platform', resource: 'Compute/SpotShortage', property: 'FunctionName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Compute/SpotShortageLog', property: 'LogGroupName' },
    { variable: 'FAILURES', deployment: 'platform', resource: 'Compute/SpotShortageFailures', property: 'QueueName' },
  ],
  patching: [globalDatabase, database, standby],
};
