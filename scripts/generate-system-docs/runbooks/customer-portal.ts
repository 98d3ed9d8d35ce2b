import type { NameSource, RunbookNames } from './name-source';

const loadBalancer: NameSource = { variable: 'LOAD_BALANCER', deployment: 'platform', resource: 'Compute/LoadBalancer', property: 'Name' };
const globalDatabase: NameSource = { variable: 'GLOBAL', deployment: 'platform', resource: 'Data/GlobalDatabase', property: 'GlobalClusterIdentifier' };
const database: NameSource = { variable: 'DATABASE', deployment: 'platform', resource: 'Data/Cluster', property: 'DBClusterIdentifier' };
/** The other region's cluster of the global database. */
const standby: NameSource = { ...database, variable: 'STANDBY', in: 'secondary' };
const cluster: NameSource = { variable: 'CLUSTER', deployment: 'platform', resource: 'Compute/Cluster', property: 'ClusterName' };
const frontend: NameSource = { variable: 'FRONTEND', deployment: 'platform', resource: 'Compute/Frontend', property: 'ServiceName' };
const backend: NameSource = { variable: 'BACKEND', deployment: 'platform', resource: 'Compute/Backend', property: 'ServiceName' };
const secret: NameSource = { variable: 'SECRET', deployment: 'foundation', resource: 'Security/DatabaseSecret', property: 'Name' };
const planName: NameSource = { variable: 'PLAN_NAME', deployment: 'edge', resource: 'EdgeDns/RegionSwitch', property: 'Name' };

/** The names of each of the customer portal's runbooks. */
export const customerPortalRunbooks: RunbookNames = {
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
    frontend,
    backend,
  ],
  failback: [loadBalancer, planName, globalDatabase, database],
  'origin-header-rotation': [
    { variable: 'CURRENT_HEADER', deployment: 'foundation', resource: 'Security/OriginHeaderSecret', property: 'Name' },
    { variable: 'NEXT_HEADER', deployment: 'foundation', resource: 'Security/NextOriginHeaderSecret', property: 'Name' },
    { variable: 'FUNCTION_NAME', deployment: 'edge', resource: 'Edge/RotateOriginHeader', property: 'FunctionName' },
    { variable: 'LOG', deployment: 'edge', resource: 'Edge/RotateOriginHeaderLog', property: 'LogGroupName' },
    { variable: 'FAILURES', deployment: 'edge', resource: 'Edge/RotateOriginHeaderFailures', property: 'QueueName' },
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
    { variable: 'GROUP', deployment: 'foundation', resource: 'Network/BackendSecurityGroup', property: 'GroupName' },
    database,
    secret,
    { variable: 'LOG', deployment: 'platform', resource: 'Data/ClusterPostgresqlLog', property: 'LogGroupName' },
  ],
  'nat-instance': [
    { variable: 'NAT', deployment: 'foundation', resource: 'Network/NatGroup1', property: 'AutoScalingGroupName' },
    { variable: 'MISSING', deployment: 'foundation', resource: 'Network/NatMissingAlarm1', property: 'AlarmName' },
    { variable: 'IMPAIRED', deployment: 'foundation', resource: 'Network/NatImpairedAlarm1', property: 'AlarmName' },
  ],
  'api-keys': [
    { variable: 'PLAN_NAME', deployment: 'platform', resource: 'Api/UsagePlan', property: 'UsagePlanName' },
    { variable: 'API_NAME', deployment: 'platform', resource: 'Api/Api', property: 'Name' },
    { variable: 'FIRST_KEY', deployment: 'platform', resource: 'Api/ApiKey', property: 'Name' },
    { variable: 'FIRST_SECRET', deployment: 'foundation', resource: 'Security/ApiKeySecret', property: 'Name' },
    { variable: 'DEFAULT_KEY', deployment: 'foundation', resource: 'Security/DefaultKeyAlias', property: 'AliasName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Api/StageAccessLog', property: 'LogGroupName' },
  ],
  'log-archive': [
    { variable: 'STREAM', deployment: 'foundation', resource: 'Archive/Stream', property: 'DeliveryStreamName' },
    { variable: 'STREAM_LOG', deployment: 'foundation', resource: 'Archive/StreamLog', property: 'LogGroupName' },
    { variable: 'LATE', deployment: 'foundation', resource: 'Archive/ArchiveLate', property: 'AlarmName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Compute/BackendLog', property: 'LogGroupName' },
  ],
  'spot-shortage': [
    cluster,
    frontend,
    backend,
    { variable: 'FUNCTION_NAME', deployment: 'platform', resource: 'Compute/SpotShortage', property: 'FunctionName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Compute/SpotShortageLog', property: 'LogGroupName' },
    { variable: 'FAILURES', deployment: 'platform', resource: 'Compute/SpotShortageFailures', property: 'QueueName' },
  ],
  patching: [globalDatabase, database, standby],
};
