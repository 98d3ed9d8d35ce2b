import { isObject } from '../json';
import { deletionPolicy, drop, edit, removed, replace, set, turn } from '../mistakes';
import type { Operator } from '../operator';

const group = ['AWS::Logs::LogGroup'];
const trail = ['AWS::CloudTrail::Trail'];
const kept = ['PCI DSS 4.0.1 10.5.1', 'NIST 800-53 r5 AU-11'];
const guarded = ['PCI DSS 4.0.1 10.3.2', 'NIST 800-53 r5 AU-9'];
const recorded = ['PCI DSS 4.0.1 10.2.1', 'CIS AWS 5.0.0 3.1', 'NIST 800-53 r5 AU-12'];

/** Mistakes in logs and the audit trail. */
export const auditOperators: readonly Operator[] = [
  { id: 'log-group-one-day', title: 'The log is kept for one day', severity: 'HIGH', controls: kept, types: group, mistake: set('RetentionInDays', 1) },
  { id: 'log-group-quarter', title: 'The log is kept for three months instead of a year', severity: 'MEDIUM', controls: kept, types: group, mistake: edit('RetentionInDays', (days) => (typeof days === 'number' && days > 90 ? 90 : undefined)) },
  { id: 'log-group-for-ever', title: 'The log is kept for ever', severity: 'LOW', controls: ['GDPR Art. 5', ...kept], types: group, mistake: drop('RetentionInDays') },
  { id: 'log-group-key-of-aws', title: 'The log is encrypted with a key that we do not control', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1', 'NIST 800-53 r5 SC-28'], types: group, mistake: drop('KmsKeyId') },
  { id: 'log-group-deletion-unprotected', title: 'The protection of the log against deletion is off', severity: 'MEDIUM', controls: guarded, types: group, mistake: turn('DeletionProtectionEnabled', false) },
  { id: 'log-group-deleted-with-stack', title: 'The log is deleted with the stack', severity: 'MEDIUM', controls: guarded, types: group, mistake: deletionPolicy('Delete') },
  { id: 'log-group-delivery-class', title: 'The log cannot be searched or counted', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.4.1', 'NIST 800-53 r5 AU-6'], types: group, mistake: set('LogGroupClass', 'INFREQUENT_ACCESS') },
  { id: 'log-group-data-unmasked', title: 'Card numbers in the log are not masked', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.5.1', 'GDPR Art. 32'], types: group, mistake: drop('DataProtectionPolicy') },
  { id: 'log-delivery-removed', title: 'Access logs of the edge are not delivered', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'], types: ['AWS::Logs::Delivery'], mistake: removed },
  { id: 'log-delivery-without-address', title: 'Access logs do not say who asked', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.2', 'NIST 800-53 r5 AU-3'], types: ['AWS::Logs::Delivery'], mistake: edit('RecordFields', (fields) => (Array.isArray(fields) && fields.includes('c-ip') ? fields.filter((field) => field !== 'c-ip' && field !== 'x-forwarded-for') : undefined)) },
  { id: 'log-filter-blind', title: 'A metric filter matches nothing: what it should count is never seen', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.7.2', 'NIST 800-53 r5 SI-4'], types: ['AWS::Logs::MetricFilter'], mistake: replace('FilterPattern', '"never-written-by-anything"') },
  { id: 'log-filter-removed', title: 'A metric filter is gone: its alarm never has data', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.7.2', 'NIST 800-53 r5 SI-4'], types: ['AWS::Logs::MetricFilter'], mistake: removed },
  { id: 'trail-off', title: 'The audit trail is switched off', severity: 'CRITICAL', controls: recorded, types: trail, mistake: turn('IsLogging', false) },
  { id: 'trail-one-region', title: 'The audit trail records one region', severity: 'HIGH', controls: recorded, types: trail, mistake: turn('IsMultiRegionTrail', false) },
  { id: 'trail-without-global-services', title: 'The audit trail leaves out IAM and sign-in', severity: 'HIGH', controls: recorded, types: trail, mistake: set('IncludeGlobalServiceEvents', false) },
  { id: 'trail-not-validated', title: 'A changed audit record is not noticed', severity: 'HIGH', controls: ['CIS AWS 5.0.0 3.2', 'PCI DSS 4.0.1 10.3.4'], types: trail, mistake: turn('EnableLogFileValidation', false) },
  { id: 'trail-validation-unset', title: 'The trail says nothing of validation', severity: 'HIGH', controls: ['CIS AWS 5.0.0 3.2', 'PCI DSS 4.0.1 10.3.4'], types: trail, mistake: drop('EnableLogFileValidation') },
  { id: 'trail-key-of-aws', title: 'The audit trail is encrypted with a key that we do not control', severity: 'MEDIUM', controls: ['CIS AWS 5.0.0 3.5', 'PCI DSS 4.0.1 3.6.1'], types: trail, mistake: drop('KMSKeyId') },
  { id: 'trail-not-in-logs', title: 'Nobody can be alarmed by the audit trail', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.4.1', 'NIST 800-53 r5 AU-6'], types: trail, mistake: (resource) => edit('$.Properties', (own) => (isObject(own) && own.CloudWatchLogsLogGroupArn !== undefined ? Object.fromEntries(Object.entries(own).filter(([name]) => !name.startsWith('CloudWatchLogs'))) : undefined))(resource) },
  { id: 'trail-reads-only', title: 'The audit trail records reads only, changes stay unseen', severity: 'HIGH', controls: recorded, types: trail, mistake: turn('EventSelectors[].ReadWriteType', 'ReadOnly') },
  { id: 'trail-without-management-events', title: 'The audit trail records no management events', severity: 'HIGH', controls: recorded, types: trail, mistake: turn('EventSelectors[].IncludeManagementEvents', false) },
  { id: 'trail-removed', title: 'The account has no audit trail', severity: 'CRITICAL', controls: recorded, types: trail, mistake: removed },
  { id: 'log-resource-policy-anybody', title: 'Anybody may write to the logs of the account', severity: 'HIGH', controls: guarded, types: ['AWS::Logs::ResourcePolicy'], mistake: edit('PolicyDocument', (policy) => (typeof policy === 'string' ? policy.replace(/"Principal":\{[^}]*\}/, '"Principal":"*"') : undefined)) },
];
