import { isObject, type JsonObject } from '../json';
import { absent, deletionPolicy, drop, edit, onlyFirst, removed, replace, set, turn, withElement } from '../mistakes';
import type { Operator } from '../operator';
import { allows, inStatements, hasPrincipal, lacking } from '../statements';

const bucket = ['AWS::S3::Bucket'];
const policy = ['AWS::S3::BucketPolicy'];
const exposure = ['PCI DSS 4.0.1 1.4.4', 'NIST 800-53 r5 AC-3', 'CIS AWS 5.0.0 2.1.4'];
const deniesPlainText = ({ Effect, Condition }: JsonObject): boolean => Effect === 'Deny' && isObject(Condition) && isObject(Condition.Bool) && Condition.Bool['aws:SecureTransport'] !== undefined;
const publicAccess = (name: string, value: boolean) => set(`PublicAccessBlockConfiguration.${name}`, value);

/** Mistakes in buckets. */
export const s3Operators: readonly Operator[] = [
  { id: 's3-public-access-block-removed', title: 'Nothing blocks public access to the bucket', severity: 'HIGH', controls: exposure, types: bucket, mistake: drop('PublicAccessBlockConfiguration') },
  { id: 's3-public-acls', title: 'The bucket accepts public ACLs', severity: 'HIGH', controls: exposure, types: bucket, mistake: publicAccess('BlockPublicAcls', false) },
  { id: 's3-public-policy', title: 'The bucket accepts a public policy', severity: 'HIGH', controls: exposure, types: bucket, mistake: publicAccess('BlockPublicPolicy', false) },
  { id: 's3-public-buckets-unrestricted', title: 'A public policy of the bucket would take effect', severity: 'HIGH', controls: exposure, types: bucket, mistake: publicAccess('RestrictPublicBuckets', false) },
  { id: 's3-acl-public-read', title: 'Anybody may read the bucket by its ACL', severity: 'CRITICAL', controls: exposure, types: bucket, mistake: set('AccessControl', 'PublicRead') },
  { id: 's3-unencrypted', title: 'The encryption that the bucket demands is gone', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.5.1', 'NIST 800-53 r5 SC-28'], types: bucket, mistake: drop('BucketEncryption') },
  { id: 's3-own-key-lost', title: 'The bucket is encrypted with a key of AWS instead of ours', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1', 'NIST 800-53 r5 SC-28'], types: bucket, mistake: edit('BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault', (value) => (isObject(value) && value.SSEAlgorithm !== 'AES256' ? { SSEAlgorithm: 'AES256' } : undefined)) },
  { id: 's3-versioning-removed', title: 'An overwritten or deleted object is lost', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-9', 'SOC 2 A1.2'], types: bucket, mistake: drop('VersioningConfiguration') },
  { id: 's3-versioning-suspended', title: 'Versioning of the bucket is suspended', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-9', 'SOC 2 A1.2'], types: bucket, mistake: turn('VersioningConfiguration.Status', 'Suspended') },
  { id: 's3-access-log-removed', title: 'Nobody records who reads the bucket', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'], types: bucket, mistake: drop('LoggingConfiguration') },
  { id: 's3-lifecycle-removed', title: 'What the bucket holds is kept for ever, old versions too', severity: 'LOW', controls: ['PCI DSS 4.0.1 3.2.1', 'GDPR Art. 5'], types: bucket, mistake: drop('LifecycleConfiguration') },
  { id: 's3-logs-expire-early', title: 'Objects are deleted after one day', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.5.1', 'NIST 800-53 r5 AU-11'], types: bucket, mistake: turn('LifecycleConfiguration.Rules[].ExpirationInDays', 1) },
  { id: 's3-replication-removed', title: 'The bucket is no longer copied to the other region', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-9', 'NIST 800-53 r5 CP-6'], types: bucket, mistake: drop('ReplicationConfiguration') },
  { id: 's3-replication-disabled', title: 'The rule that copies objects to the other region is off', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-9', 'NIST 800-53 r5 CP-6'], types: bucket, mistake: turn('ReplicationConfiguration.Rules[].Status', 'Disabled') },
  { id: 's3-object-lock-removed', title: 'Records can be deleted before their time: the lock is gone', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.3.2', 'NIST 800-53 r5 AU-9'], types: bucket, mistake: drop('ObjectLockConfiguration') },
  { id: 's3-object-lock-governance', title: 'Privileged users can lift the lock of records', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.3.2', 'NIST 800-53 r5 AU-9'], types: bucket, mistake: turn('ObjectLockConfiguration.Rule.DefaultRetention.Mode', 'GOVERNANCE') },
  { id: 's3-acls-enabled', title: 'Whoever uploads an object decides who reads it', severity: 'MEDIUM', controls: exposure, types: bucket, mistake: edit('OwnershipControls.Rules[].ObjectOwnership', (value) => (value === 'BucketOwnerEnforced' ? 'ObjectWriter' : undefined)) },
  { id: 's3-website', title: 'The bucket serves a public web site without TLS', severity: 'HIGH', controls: exposure, types: bucket, mistake: set('WebsiteConfiguration', { IndexDocument: 'index.html' }) },
  { id: 's3-cors-anybody', title: 'Pages of any site may read and write the bucket', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-4'], types: bucket, mistake: set('CorsConfiguration', { CorsRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET', 'PUT'], AllowedHeaders: ['*'] }] }) },
  { id: 's3-deleted-with-stack', title: 'The bucket is deleted with the stack', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-9', 'PCI DSS 4.0.1 10.5.1'], types: bucket, mistake: deletionPolicy('Delete') },
  { id: 's3-fixed-name', title: 'The bucket has one name in every account and region: the second cannot create it', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-7'], types: bucket, mistake: replace('BucketName', 'application-data') },
  { id: 's3-policy-removed', title: 'The policy of the bucket is gone, and with it the demand for TLS', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: policy, mistake: removed },
  { id: 's3-policy-anybody-reads', title: 'Anybody may read the objects', severity: 'CRITICAL', controls: exposure, types: policy, mistake: withElement('PolicyDocument.Statement', { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::application-data/*' }) },
  { id: 's3-policy-anybody-writes', title: 'Any AWS principal may write objects', severity: 'CRITICAL', controls: exposure, types: policy, mistake: withElement('PolicyDocument.Statement', { Effect: 'Allow', Principal: { AWS: '*' }, Action: ['s3:PutObject', 's3:DeleteObject'], Resource: 'arn:aws:s3:::application-data/*' }) },
  { id: 's3-policy-plain-text', title: 'The bucket can be read without TLS: the statement that denies it is gone', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: policy, mistake: inStatements(['PolicyDocument'], (one) => (deniesPlainText(one) ? absent : undefined)) },
  { id: 's3-policy-plain-text-inverted', title: 'The statement against plain text denies TLS instead', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: policy, mistake: inStatements(['PolicyDocument'], (one) => (deniesPlainText(one) ? { ...one, Condition: { Bool: { 'aws:SecureTransport': 'true' } } } : undefined)) },
  { id: 's3-policy-service-any-account', title: 'A service may write on behalf of any account: the source condition is gone', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-3', 'SOC 2 CC6.1'], types: policy, mistake: inStatements(['PolicyDocument'], (one) => (allows(one) && hasPrincipal(one, 'Service') && one.Condition !== undefined ? lacking(one, 'Condition') : undefined)) },
  { id: 's3-policy-other-denial-removed', title: 'A statement of the bucket policy that denies is gone', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-3'], types: policy, mistake: inStatements(['PolicyDocument'], (one) => (one.Effect === 'Deny' && !deniesPlainText(one) ? absent : undefined)) },
  { id: 's3-lifecycle-rule-lost', title: 'All but the first lifecycle rule are gone', severity: 'LOW', controls: ['GDPR Art. 5'], types: bucket, mistake: onlyFirst('LifecycleConfiguration.Rules', 1) },
];
