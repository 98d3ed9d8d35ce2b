import { isObject } from '../json';
import { anyOf, deletionPolicy, drop, edit, onlyFirst, replace, set, turn, when, withElement } from '../mistakes';
import type { Operator } from '../operator';

const tables = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const one = ['AWS::DynamoDB::Table'];
const global = ['AWS::DynamoDB::GlobalTable'];
const recover = ['NIST 800-53 r5 CP-9', 'SOC 2 A1.2'];
const rest = ['PCI DSS 4.0.1 3.6.1', 'NIST 800-53 r5 SC-28'];
const recovery = 'PointInTimeRecoverySpecification';

/** Mistakes in tables. */
export const dynamoDbOperators: readonly Operator[] = [
  { id: 'dynamodb-recovery-off', title: 'The table cannot be restored to a point in time', severity: 'HIGH', controls: recover, types: tables, mistake: anyOf(turn(`${recovery}.PointInTimeRecoveryEnabled`, false), turn(`Replicas[].${recovery}.PointInTimeRecoveryEnabled`, false)) },
  { id: 'dynamodb-recovery-unset', title: 'The table says nothing of restoring to a point in time', severity: 'HIGH', controls: recover, types: tables, mistake: anyOf(drop(recovery), drop(`Replicas[].${recovery}`)) },
  { id: 'dynamodb-recovery-one-day', title: 'The table can be restored to yesterday at most', severity: 'MEDIUM', controls: recover, types: tables, mistake: anyOf(when((properties) => properties[recovery] !== undefined, set(`${recovery}.RecoveryPeriodInDays`, 1)), edit(`Replicas[].${recovery}`, (value) => (isObject(value) ? { ...value, RecoveryPeriodInDays: 1 } : undefined))) },
  { id: 'dynamodb-own-key-lost', title: 'The table is encrypted with a key that we do not control', severity: 'MEDIUM', controls: rest, types: tables, mistake: drop('SSESpecification') },
  { id: 'dynamodb-replica-key-lost', title: 'A replica is encrypted with a key that we do not control', severity: 'MEDIUM', controls: rest, types: global, mistake: drop('Replicas[].SSESpecification') },
  { id: 'dynamodb-encryption-off', title: 'Encryption with our key is switched off', severity: 'MEDIUM', controls: rest, types: tables, mistake: turn('SSESpecification.SSEEnabled', false) },
  { id: 'dynamodb-deletion-protection-off', title: 'The production table can be deleted by mistake', severity: 'HIGH', controls: recover, types: tables, mistake: anyOf(turn('DeletionProtectionEnabled', false), turn('Replicas[].DeletionProtectionEnabled', false)) },
  { id: 'dynamodb-deletion-protection-unset', title: 'The table says nothing of deletion protection', severity: 'HIGH', controls: recover, types: tables, mistake: anyOf(drop('DeletionProtectionEnabled'), drop('Replicas[].DeletionProtectionEnabled')) },
  { id: 'dynamodb-deleted-with-stack', title: 'The production table is deleted with the stack', severity: 'CRITICAL', controls: recover, types: tables, mistake: deletionPolicy('Delete') },
  { id: 'dynamodb-one-region', title: 'The global table has one replica', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7', 'NIST 800-53 r5 CP-6'], types: global, mistake: onlyFirst('Replicas', 1) },
  { id: 'dynamodb-replica-elsewhere', title: 'A replica stands in a region outside the agreed ones', severity: 'HIGH', controls: ['GDPR Art. 44', 'NIST 800-53 r5 CP-7'], types: global, mistake: turn('Replicas[].Region', 'eu-west-1') },
  { id: 'dynamodb-replica-added', title: 'Personal data is copied to a third region', severity: 'HIGH', controls: ['GDPR Art. 44'], types: global, mistake: withElement('Replicas', { Region: 'sa-east-1' }) },
  { id: 'dynamodb-fixed-capacity', title: 'The table has one unit of capacity: it throttles at once', severity: 'MEDIUM', controls: ['SOC 2 A1.1'], types: one, mistake: turn('ProvisionedThroughput', { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }) },
  { id: 'dynamodb-scaling-capped', title: 'The table may not grow', severity: 'MEDIUM', controls: ['SOC 2 A1.1'], types: global, mistake: edit('WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings', (settings) => (isObject(settings) ? { ...settings, MaxCapacity: settings.MinCapacity ?? 1 } : undefined)) },
  { id: 'dynamodb-index-fixed-capacity', title: 'An index of the table may not grow with it, and holds its writes up', severity: 'MEDIUM', controls: ['SOC 2 A1.1'], types: global, mistake: drop('GlobalSecondaryIndexes[].WriteProvisionedThroughputSettings') },
  { id: 'dynamodb-replica-fixed-capacity', title: 'A replica may not grow with what is read there', severity: 'MEDIUM', controls: ['SOC 2 A1.1'], types: global, mistake: drop('Replicas[].ReadProvisionedThroughputSettings') },
  { id: 'dynamodb-contributors-hidden', title: 'Nobody sees which keys are asked for most', severity: 'LOW', controls: ['NIST 800-53 r5 SI-4'], types: tables, mistake: anyOf(turn('ContributorInsightsSpecification.Enabled', false), turn('Replicas[].ContributorInsightsSpecification.Enabled', false)) },
  { id: 'dynamodb-policy-anybody', title: 'Anybody may read the table', severity: 'CRITICAL', controls: ['NIST 800-53 r5 AC-3', 'PCI DSS 4.0.1 7.2.5'], types: one, mistake: set('ResourcePolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'dynamodb:*', Resource: '*' }] } }) },
  { id: 'dynamodb-sessions-never-end', title: 'Expired items are kept for ever', severity: 'LOW', controls: ['GDPR Art. 5'], types: tables, mistake: drop('TimeToLiveSpecification') },
  { id: 'dynamodb-fixed-name', title: 'The table has a fixed name: a second environment cannot create it', severity: 'LOW', controls: ['NIST 800-53 r5 CM-8'], types: tables, mistake: replace('TableName', 'sessions') },
];
