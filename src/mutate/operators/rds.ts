import { anyOf, deletionPolicy, drop, edit, onlyFirst, removed, replace, set, together, turn, when, without } from '../mistakes';
import type { Operator } from '../operator';
import { isObject, type Json } from '../json';

const database = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];
const instance = ['AWS::RDS::DBInstance'];
const cluster = ['AWS::RDS::DBCluster'];
const rest = ['PCI DSS 4.0.1 3.5.1', 'NIST 800-53 r5 SC-28', 'CIS AWS 5.0.0 2.2.1'];
const transit = ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'];
const recover = ['NIST 800-53 r5 CP-9', 'SOC 2 A1.2'];
const available = ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'];
const plainSecret = ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'];
const proxy = ['AWS::RDS::DBProxy'];

/** Mistakes in relational databases, their clusters, proxies and parameters. */
export const rdsOperators: readonly Operator[] = [
  { id: 'rds-storage-unencrypted', title: 'The database is not encrypted', severity: 'CRITICAL', controls: rest, types: database, mistake: turn('StorageEncrypted', false) },
  { id: 'rds-storage-encryption-unset', title: 'The database says nothing of encryption', severity: 'CRITICAL', controls: rest, types: database, mistake: drop('StorageEncrypted') },
  { id: 'rds-key-of-aws', title: 'The database is encrypted with a key that we do not control', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1'], types: database, mistake: drop('KmsKeyId') },
  { id: 'rds-public', title: 'The database has a public address', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 1.4.4', 'CIS AWS 5.0.0 2.2.3', 'NIST 800-53 r5 SC-7'], types: instance, mistake: set('PubliclyAccessible', true) },
  { id: 'rds-one-zone', title: 'The database stands in one zone', severity: 'HIGH', controls: available, types: instance, mistake: turn('MultiAZ', false) },
  { id: 'rds-zones-unset', title: 'The database says nothing of a second zone', severity: 'HIGH', controls: available, types: instance, mistake: when(({ MultiAZ }) => MultiAZ === true, drop('MultiAZ')) },
  { id: 'rds-backups-off', title: 'The database is never backed up', severity: 'CRITICAL', controls: recover, types: database, mistake: turn('BackupRetentionPeriod', 0) },
  { id: 'rds-backups-one-day', title: 'Backups are kept for one day', severity: 'HIGH', controls: recover, types: database, mistake: turn('BackupRetentionPeriod', 1) },
  { id: 'rds-backups-unset', title: 'The database says nothing of backups', severity: 'HIGH', controls: recover, types: database, mistake: drop('BackupRetentionPeriod') },
  { id: 'rds-backups-deleted-with-database', title: 'Whoever deletes the database deletes its backups', severity: 'MEDIUM', controls: recover, types: instance, mistake: turn('DeleteAutomatedBackups', true) },
  { id: 'rds-backup-copies-removed', title: 'Backups are no longer copied to the other region', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-6', 'NIST 800-53 r5 CP-9'], types: instance, mistake: together(drop('AutomaticBackupReplicationRegion'), drop('AutomaticBackupReplicationKmsKeyId'), drop('AutomaticBackupReplicationRetentionPeriod')) },
  { id: 'rds-backup-copies-elsewhere', title: 'Backups are copied to a region outside the agreed ones', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-6', 'GDPR Art. 44'], types: instance, mistake: turn('AutomaticBackupReplicationRegion', 'eu-central-1') },
  { id: 'rds-deletion-protection-off', title: 'The production database can be deleted by mistake', severity: 'HIGH', controls: recover, types: [...database, 'AWS::RDS::GlobalCluster'], mistake: turn('DeletionProtection', false) },
  { id: 'rds-deletion-protection-unset', title: 'The database says nothing of deletion protection', severity: 'HIGH', controls: recover, types: [...database, 'AWS::RDS::GlobalCluster'], mistake: drop('DeletionProtection') },
  { id: 'rds-deleted-with-stack', title: 'The production database is deleted with the stack, without snapshot', severity: 'CRITICAL', controls: recover, types: [...database, 'AWS::RDS::GlobalCluster'], mistake: deletionPolicy('Delete') },
  { id: 'rds-lost-by-replacement', title: 'A change that replaces the database throws the old data away', severity: 'HIGH', controls: recover, types: database, mistake: turn('$.UpdateReplacePolicy', 'Delete') },
  { id: 'rds-password-in-plain-text', title: 'The master password stands in the template', severity: 'CRITICAL', controls: plainSecret, types: database, mistake: replace('MasterUserPassword', 'Winter-2026-kasha') },
  { id: 'rds-password-as-parameter-default', title: 'The master password is the default of a template parameter', severity: 'CRITICAL', controls: plainSecret, types: database,
    mistake: (resource) => replace('MasterUserPassword', { Ref: 'SeededPassword' })(resource).map((one) => ({ ...one, parameters: { SeededPassword: { Type: 'String', Default: 'Winter-2026-kasha' } } })) },
  { id: 'rds-default-administrator', title: 'The master user has the name that everybody tries first', severity: 'LOW', controls: ['PCI DSS 4.0.1 2.2.2'], types: database, mistake: replace('MasterUsername', 'admin') },
  { id: 'rds-iam-authentication-off', title: 'Users log in with passwords only', severity: 'MEDIUM', controls: ['NIST 800-53 r5 IA-2', 'SOC 2 CC6.1'], types: database, mistake: turn('EnableIAMDatabaseAuthentication', false) },
  { id: 'rds-logs-removed', title: 'The logs of the database are not kept', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'], types: database, mistake: drop('EnableCloudwatchLogsExports') },
  { id: 'rds-monitoring-off', title: 'Enhanced monitoring is off', severity: 'LOW', controls: ['NIST 800-53 r5 SI-4'], types: database, mistake: turn('MonitoringInterval', 0) },
  { id: 'rds-performance-insights-off', title: 'Nobody can see what the database waits for', severity: 'LOW', controls: ['NIST 800-53 r5 SI-4'], types: database, mistake: anyOf(turn('EnablePerformanceInsights', false), turn('PerformanceInsightsEnabled', false)) },
  { id: 'rds-no-minor-upgrades', title: 'Security fixes of the engine are not installed', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.3.3', 'CIS AWS 5.0.0 2.2.2', 'NIST 800-53 r5 SI-2'], types: instance, mistake: turn('AutoMinorVersionUpgrade', false) },
  { id: 'rds-tags-not-copied', title: 'Snapshots do not carry the tags by which they are protected and billed', severity: 'LOW', controls: ['NIST 800-53 r5 CM-8'], types: database, mistake: turn('CopyTagsToSnapshot', false) },
  { id: 'rds-old-engine', title: 'The database runs a version out of support', severity: 'HIGH', controls: ['PCI DSS 4.0.1 6.3.3', 'NIST 800-53 r5 SI-2'], types: instance, mistake: edit('EngineVersion', (version) => (typeof version === 'string' && version.startsWith('8.') ? '5.7.44' : undefined)) },
  { id: 'rds-one-subnet-group-zone', title: 'The subnet group has one subnet: the database cannot move', severity: 'HIGH', controls: available, types: ['AWS::RDS::DBSubnetGroup'], mistake: onlyFirst('SubnetIds', 1) },
  { id: 'rds-default-group', title: 'The database takes the default security group', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.3.1', 'NIST 800-53 r5 SC-7'], types: database, mistake: anyOf(drop('VPCSecurityGroups'), drop('VpcSecurityGroupIds')) },
  { id: 'rds-default-parameters', title: 'The database takes default parameters, which accept plain-text connections', severity: 'HIGH', controls: transit, types: database, mistake: anyOf(drop('DBParameterGroupName'), drop('DBClusterParameterGroupName')) },
  { id: 'rds-mysql-plain-text', title: 'MySQL accepts connections without TLS', severity: 'HIGH', controls: transit, types: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'], mistake: turn('Parameters.require_secure_transport', '0') },
  { id: 'rds-postgres-plain-text', title: 'PostgreSQL accepts connections without TLS', severity: 'HIGH', controls: transit, types: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'], mistake: edit('Parameters', (parameters) => (isObject(parameters) && parameters['rds.force_ssl'] !== undefined ? { ...parameters, 'rds.force_ssl': '0' } : undefined)) },
  { id: 'rds-tls-unset', title: 'The parameters say nothing of TLS', severity: 'HIGH', controls: transit, types: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'], mistake: edit('Parameters', (parameters) => (isObject(parameters) && Object.keys(parameters).some(isTls) ? Object.fromEntries(Object.entries(parameters).filter(([name]) => !isTls(name))) : undefined)) },
  { id: 'rds-old-tls', title: 'The database accepts TLS 1.0', severity: 'HIGH', controls: transit, types: ['AWS::RDS::DBParameterGroup', 'AWS::RDS::DBClusterParameterGroup'], mistake: turn('Parameters.tls_version', 'TLSv1,TLSv1.1,TLSv1.2') },
  { id: 'rds-slow-log-off', title: 'Slow statements are not recorded', severity: 'LOW', controls: ['NIST 800-53 r5 SI-4'], types: ['AWS::RDS::DBParameterGroup'], mistake: turn('Parameters.slow_query_log', '0') },
  { id: 'rds-statements-with-data-logged', title: 'Every statement with its data is written to the log', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.5.1', 'GDPR Art. 32'], types: ['AWS::RDS::DBParameterGroup'], mistake: turn('Parameters.general_log', '1') },
  { id: 'rds-proxy-plain-text', title: 'The proxy accepts connections without TLS', severity: 'HIGH', controls: transit, types: proxy, mistake: turn('RequireTLS', false) },
  { id: 'rds-proxy-tls-unset', title: 'The proxy says nothing of TLS', severity: 'HIGH', controls: transit, types: proxy, mistake: drop('RequireTLS') },
  { id: 'rds-proxy-logs-statements', title: 'The proxy writes every statement to its log', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.5.1'], types: proxy, mistake: set('DebugLogging', true) },
  { id: 'rds-proxy-passwords', title: 'Clients of the proxy may log in by password', severity: 'MEDIUM', controls: ['NIST 800-53 r5 IA-2'], types: proxy, mistake: together(drop('DefaultAuthScheme'), edit('Auth', (auth) => (Array.isArray(auth) ? auth.map((one) => (isObject(one) ? { ...one, IAMAuth: 'DISABLED' } : one)) : [{ AuthScheme: 'SECRETS', IAMAuth: 'DISABLED', SecretArn: { 'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:application' } }]))) },
  { id: 'rds-proxy-one-subnet', title: 'The proxy stands in one zone', severity: 'HIGH', controls: available, types: proxy, mistake: onlyFirst('VpcSubnetIds', 1) },
  { id: 'rds-proxy-default-group', title: 'The proxy takes the default security group', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.3.1'], types: proxy, mistake: drop('VpcSecurityGroupIds') },
  { id: 'rds-proxy-targets-removed', title: 'The proxy leads nowhere', severity: 'HIGH', controls: available, types: ['AWS::RDS::DBProxyTargetGroup'], mistake: removed },
  { id: 'rds-cluster-burstable', title: 'An instance of the cluster has a class that a global database does not take', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7'], types: instance, mistake: when(({ DBClusterIdentifier }) => DBClusterIdentifier !== undefined, turn('DBInstanceClass', 'db.t4g.medium')) },
  { id: 'rds-cluster-backtrack-off', title: 'The cluster cannot be turned back', severity: 'LOW', controls: recover, types: cluster, mistake: turn('BacktrackWindow', 0) },
  { id: 'rds-cluster-not-joined', title: 'The cluster of the second region is not part of the global one', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7'], types: cluster, mistake: drop('GlobalClusterIdentifier') },
  { id: 'rds-cluster-names-alike', title: 'The clusters of both regions have one name', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7'], types: cluster, mistake: edit('DBClusterIdentifier', withoutRegion) },
  { id: 'rds-cluster-reader-lost', title: 'The cluster has one instance less to fail over to', severity: 'HIGH', controls: available, types: instance, mistake: when(({ DBClusterIdentifier, SourceDBInstanceIdentifier }) => (DBClusterIdentifier ?? SourceDBInstanceIdentifier) !== undefined, removed) },
  { id: 'rds-cluster-readers-never-promoted', title: 'The reader is the last to be promoted', severity: 'LOW', controls: available, types: instance, mistake: turn('PromotionTier', 15) },
  { id: 'rds-global-cluster-sourced', title: 'The global cluster is made from a cluster of its template: a replacement takes the primary with it', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7'], types: ['AWS::RDS::GlobalCluster'], mistake: set('SourceDBClusterIdentifier', { 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:application' }) },
  { id: 'rds-global-cluster-unencrypted', title: 'The global cluster is not encrypted', severity: 'CRITICAL', controls: rest, types: ['AWS::RDS::GlobalCluster'], mistake: turn('StorageEncrypted', false) },
  { id: 'rds-cluster-no-pause-floor', title: 'The serverless cluster may pause while customers wait', severity: 'MEDIUM', controls: available, types: cluster, mistake: turn('ServerlessV2ScalingConfiguration.MinCapacity', 0) },
  { id: 'rds-certificate-expired', title: 'The database shows a certificate of an authority that has expired', severity: 'MEDIUM', controls: transit, types: instance, mistake: turn('CACertificateIdentifier', 'rds-ca-2019') },
  { id: 'rds-log-lost', title: 'The error log of the database is not exported any more', severity: 'LOW', controls: ['PCI DSS 4.0.1 10.2.1'], types: database, mistake: without('EnableCloudwatchLogsExports', (log) => log === 'error') },
];

function isTls(parameter: string): boolean {
  return ['require_secure_transport', 'rds.force_ssl'].includes(parameter);
}

/** A name that tells regions apart, without what tells them apart. */
function withoutRegion(name: Json | undefined): Json | undefined {
  const text = isObject(name) ? name['Fn::Sub'] : undefined;
  return typeof text === 'string' ? { 'Fn::Sub': text.replace('-${AWS::Region}', '') } : undefined;
}
