import type { NameSource, RunbookNames } from './name-source';

const database: NameSource = { variable: 'DATABASE', deployment: 'platform', resource: 'Data/Primary', property: 'DBInstanceIdentifier' };
const replica: NameSource = { variable: 'REPLICA', deployment: 'platform', resource: 'Data/ReadReplica', property: 'DBInstanceIdentifier' };
const standby: NameSource = { variable: 'STANDBY', deployment: 'platform', in: 'secondary', resource: 'Data/StandbyReplica', property: 'DBInstanceIdentifier' };
const subnets: NameSource = { variable: 'SUBNETS', deployment: 'platform', resource: 'Data/SubnetGroup', property: 'DBSubnetGroupName' };
const parameters: NameSource = { variable: 'PARAMETERS', deployment: 'platform', resource: 'Data/ParameterGroup', property: 'DBParameterGroupName' };
const proxy: NameSource = { variable: 'PROXY', deployment: 'platform', resource: 'Data/Proxy', property: 'DBProxyName' };
const loadBalancer: NameSource = { variable: 'LOAD_BALANCER', deployment: 'platform', resource: 'Compute/LoadBalancer', property: 'Name' };
const planName: NameSource = { variable: 'PLAN_NAME', deployment: 'edge', resource: 'EdgeDns/RegionSwitch', property: 'Name' };
const secret: NameSource = { variable: 'SECRET', deployment: 'foundation', resource: 'Security/DatabaseSecret', property: 'Name' };
const defaultKey: NameSource = { variable: 'DEFAULT_KEY', deployment: 'foundation', resource: 'Security/DefaultKeyAlias', property: 'AliasName' };
const databaseKey: NameSource = { variable: 'KEY', deployment: 'foundation', resource: 'Security/DatabaseKeyAlias', property: 'AliasName' };

/** The names of each of Kasha's runbooks. */
export const kashaRunbooks: RunbookNames = {
  failback: [database, replica, standby, subnets, parameters, proxy, databaseKey, loadBalancer, planName],
  'restore-test': [
    database,
    subnets,
    { variable: 'VAULT', deployment: 'platform', resource: 'Data/ArchiveVault', property: 'BackupVaultName' },
    { variable: 'TEST_PLAN', deployment: 'platform', resource: 'Data/RestoreTesting', property: 'RestoreTestingPlanName' },
  ],
  'break-glass': [loadBalancer],
  patching: [database, replica, standby, proxy],
  failover: [
    { variable: 'ALARM', deployment: 'edge', resource: 'EdgeMonitoring/PrimaryHealth', property: 'AlarmName' },
    { variable: 'DASHBOARD', deployment: 'platform', in: 'secondary', resource: 'Monitoring/Dashboard', property: 'DashboardName' },
    replica,
    standby,
    loadBalancer,
    planName,
    { variable: 'CLUSTER', deployment: 'platform', in: 'secondary', resource: 'Compute/Cluster', property: 'ClusterName' },
    { variable: 'BACKEND', deployment: 'platform', in: 'secondary', resource: 'Compute/Backend', property: 'ServiceName' },
    secret,
  ],
  'dlq-replay': [
    { variable: 'QUEUE_DLQ', deployment: 'platform', resource: 'Data/QueueDeadLetters', property: 'QueueName' },
    { variable: 'PRIORITY_DLQ', deployment: 'platform', resource: 'Data/PriorityQueueDeadLetters', property: 'QueueName' },
    { variable: 'NOTIFICATION_DLQ', deployment: 'platform', resource: 'Data/NotificationQueueDeadLetters', property: 'QueueName' },
    { variable: 'PRIORITY_NOTIFICATION_DLQ', deployment: 'platform', resource: 'Data/PriorityNotificationQueueDeadLetters', property: 'QueueName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Compute/BackendLog', property: 'LogGroupName' },
    defaultKey,
  ],
  'password-rotation': [
    secret,
    database,
    standby,
    { variable: 'FUNCTION_NAME', deployment: 'platform', resource: 'Data/RotatePassword', property: 'FunctionName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Data/RotatePasswordLog', property: 'LogGroupName' },
    { ...defaultKey, in: 'secondary' },
  ],
  'first-schema': [
    { variable: 'VPC', deployment: 'foundation', resource: 'Network/Vpc' },
    { variable: 'SUBNET', deployment: 'foundation', resource: 'Network/BackendSubnet1' },
    { variable: 'GROUP', deployment: 'foundation', resource: 'Network/BackendSecurityGroup', property: 'GroupName' },
    database,
    secret,
  ],
};
