import { isObject } from '../json';
import { deletionPolicy, drop, onlyFirst, replace, set, turn, without } from '../mistakes';
import type { Operator } from '../operator';

const group = ['AWS::ElastiCache::ReplicationGroup'];
const transit = ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'];
const available = ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'];

/** Mistakes in caches. */
export const elastiCacheOperators: readonly Operator[] = [
  { id: 'cache-plain-text', title: 'Traffic to the cache goes in plain text', severity: 'HIGH', controls: transit, types: group, mistake: turn('TransitEncryptionEnabled', false) },
  { id: 'cache-transit-unset', title: 'The cache says nothing of encryption on the way', severity: 'HIGH', controls: transit, types: group, mistake: drop('TransitEncryptionEnabled') },
  { id: 'cache-tls-preferred', title: 'Clients of the cache may do without TLS', severity: 'MEDIUM', controls: transit, types: group, mistake: set('TransitEncryptionMode', 'preferred') },
  { id: 'cache-unencrypted', title: 'The cache is not encrypted at rest', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.5.1', 'NIST 800-53 r5 SC-28'], types: group, mistake: turn('AtRestEncryptionEnabled', false) },
  { id: 'cache-encryption-unset', title: 'The cache says nothing of encryption at rest', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.5.1', 'NIST 800-53 r5 SC-28'], types: group, mistake: drop('AtRestEncryptionEnabled') },
  { id: 'cache-key-of-aws', title: 'The cache is encrypted with a key that we do not control', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1'], types: group, mistake: drop('KmsKeyId') },
  { id: 'cache-without-authentication', title: 'Whoever reaches the cache may read it', severity: 'HIGH', controls: ['PCI DSS 4.0.1 8.3.1', 'NIST 800-53 r5 IA-2'], types: group, mistake: (resource) => [...drop('AuthToken')(resource), ...drop('UserGroupIds')(resource)] },
  { id: 'cache-token-in-plain-text', title: 'The token of the cache stands in the template', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: group, mistake: replace('AuthToken', 'Winter-2026-Token-0001') },
  { id: 'cache-no-failover', title: 'The cache does not fail over', severity: 'HIGH', controls: available, types: group, mistake: turn('AutomaticFailoverEnabled', false) },
  { id: 'cache-one-zone', title: 'The cache stands in one zone', severity: 'HIGH', controls: available, types: group, mistake: turn('MultiAZEnabled', false) },
  { id: 'cache-no-replica', title: 'The cache has no replica', severity: 'HIGH', controls: available, types: group, mistake: (resource) => [...turn('ReplicasPerNodeGroup', 0)(resource), ...turn('NumCacheClusters', 1)(resource)] },
  { id: 'cache-backups-off', title: 'The cache is never backed up', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-9'], types: group, mistake: turn('SnapshotRetentionLimit', 0) },
  { id: 'cache-no-minor-upgrades', title: 'Security fixes of the engine are not installed', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.3.3', 'NIST 800-53 r5 SI-2'], types: group, mistake: turn('AutoMinorVersionUpgrade', false) },
  { id: 'cache-deleted-with-stack', title: 'The cache is deleted with the stack, without snapshot', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-9'], types: group, mistake: deletionPolicy('Delete') },
  { id: 'cache-default-group', title: 'The cache takes the default security group', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.3.1', 'NIST 800-53 r5 SC-7'], types: group, mistake: drop('SecurityGroupIds') },
  { id: 'cache-logs-removed', title: 'The log of the cache is not kept', severity: 'LOW', controls: ['NIST 800-53 r5 AU-2'], types: group, mistake: drop('LogDeliveryConfigurations') },
  { id: 'cache-engine-log-removed', title: 'Failovers of the cache are not logged', severity: 'LOW', controls: ['NIST 800-53 r5 AU-2'], types: group, mistake: without('LogDeliveryConfigurations', (delivery) => isObject(delivery) && delivery['LogType'] === 'engine-log') },
  { id: 'cache-replaced-to-grow', title: 'Another number of shards makes a new cache and deletes the old one', severity: 'MEDIUM', controls: available, types: group, mistake: drop('$.UpdatePolicy') },
  { id: 'cache-one-subnet', title: 'The subnet group of the cache has one subnet', severity: 'HIGH', controls: available, types: ['AWS::ElastiCache::SubnetGroup'], mistake: onlyFirst('SubnetIds', 1) },
  { id: 'cache-user-may-everything', title: 'A user of the cache needs no password and may do everything', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.3.1', 'NIST 800-53 r5 IA-2'], types: ['AWS::ElastiCache::User'], mistake: set('NoPasswordRequired', true) },
];
