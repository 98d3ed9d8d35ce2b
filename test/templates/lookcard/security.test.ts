import { expect } from 'chai';
import { registries } from '../../../templates/systems/lookcard/registries';
import { security } from '../../../templates/systems/lookcard/security';
import { services } from '../../../templates/systems/lookcard/services';
import { only } from '../plain';
import { keyArn, own, securityParameters } from './data-parameters';
import { everywhereOf, type Row } from './everywhere';

const bucket = 'AWS::S3::Bucket';
const pascal = (name: string): string => name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
/** Every registry, by logical id: one for each service, and the collector of traces that runs beside each. */
const repositories = Object.fromEntries([['TraceCollectorRepository', 'trace-collector'], ...services.map(({ name }) => [`${pascal(name)}Repository`, name])]) as Readonly<Record<string, string>>;

describe('LookCard storage and registries', () => {
  const everywhere = everywhereOf(security, () => securityParameters);
  const registered = everywhereOf(registries, (region) => ({ DataKeyArn: keyArn(region) }));

  everywhere('LKC-75 LKC-76', 'keep files under the data key, what AWS itself writes under S3’s, and older versions of both', ({ all, short, region }) => {
    const encrypted = (by: object) => ({ ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: by }] });
    const named = (name: string) => `lookcard-${name}-${short}-main-${own}-${region}`;
    expect(only(all(bucket), 'BucketName', 'BucketEncryption', 'VersioningConfiguration')).to.deep.equal({
      Logs: [named('logs'), encrypted({ SSEAlgorithm: 'AES256' }), { Status: 'Enabled' }],
      Storage: [named('storage'), encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'DataKey.Arn' }), { Status: 'Enabled' }],
    });
  });

  everywhere('LKC-75', 'open no bucket to the public, and to nobody without TLS', ({ all }) => {
    const blocked = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
    expect(only(all(bucket), 'PublicAccessBlockConfiguration', 'OwnershipControls')).to.deep.equal(
      Object.fromEntries(['Logs', 'Storage'].map((id) => [id, [blocked, { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }]])),
    );
    const { StoragePolicy } = all('AWS::S3::BucketPolicy') as Record<string, Row>;
    const [tls, ...others] = StoragePolicy?.['PolicyDocument'].Statement as readonly Row[];
    expect([tls?.['Effect'], tls?.['Principal'], tls?.['Action'], tls?.['Condition']]).to.deep.equal(['Deny', '*', ['s3:*'], { Bool: { 'aws:SecureTransport': 'false' } }]);
    expect(others).to.deep.equal([]);
  });

  everywhere('LKC-75', 'copy files to the pilot light within a quarter of an hour, under its own data key', ({ all, short, isPrimary, isProduction }) => {
    const copies = (bucketName: string) => `arn:aws:s3:::lookcard-${bucketName}-${short}-main-${own}-us-east-1`;
    const rule = {
      Id: 'everything',
      Status: 'Enabled',
      Priority: 1,
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Enabled' },
      SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
      Destination: {
        Bucket: copies('storage'),
        EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:us-east-1:${own}:alias/lookcard-key-${short}-main/data` },
        Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
        ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
      },
    };
    const copied = isProduction && isPrimary ? { Role: 'StorageReplicationRole.Arn', Rules: [rule] } : undefined;
    expect(only({ Storage: (all(bucket) as Record<string, Row>)['Storage'] } as Row, 'ReplicationConfiguration')).to.deep.equal({ Storage: [copied] });
  });

  everywhere('LKC-75 LKC-97', 'lose no file with their stack in production', ({ stack, isProduction }) => {
    for (const id of ['Logs', 'Storage']) expect(stack.resources.get(id)?.deletionPolicy, id).to.equal(isProduction ? 'RetainExceptOnCreate' : 'Delete');
  });

  everywhere('LKC-93', 'have a certificate of the environment’s names behind CloudFront, validated in its own zone', ({ all, environment }) => {
    const at = (name: string) => `${name}.${environment}.lookcard.com`;
    const others = [at('api')];
    expect(only(all('AWS::CertificateManager::Certificate'), 'DomainName', 'SubjectAlternativeNames', 'ValidationMethod', 'DomainValidationOptions')).to.deep.equal({
      Certificate: [at('origin'), others, 'DNS', [at('origin'), ...others].map((DomainName) => ({ DomainName, HostedZoneId: securityParameters.HostedZoneId }))],
    });
  });

  registered('LKC-61', 'have a registry for each service, in which no tag is ever moved and every image is scanned', ({ all, short }) => {
    expect(only(all('AWS::ECR::Repository'), 'RepositoryName', 'ImageTagMutability', 'ImageScanningConfiguration')).to.deep.equal(
      Object.fromEntries(Object.entries(repositories).map(([id, name]) => [id, [`lookcard-${name}-${short}-main`, 'IMMUTABLE', { ScanOnPush: true }]])),
    );
  });

  registered('LKC-61 LKC-76', 'encrypt images under the data key, and keep fifty of each service', ({ all, region }) => {
    const lifecycle = JSON.stringify({
      rules: [
        { rulePriority: 1, description: 'Untagged images', selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 }, action: { type: 'expire' } },
        { rulePriority: 2, description: 'Old releases', selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 50 }, action: { type: 'expire' } },
      ],
    });
    expect(only(all('AWS::ECR::Repository'), 'EncryptionConfiguration', 'LifecyclePolicy')).to.deep.equal(
      Object.fromEntries(Object.keys(repositories).map((id) => [id, [{ EncryptionType: 'KMS', KmsKey: keyArn(region) }, { LifecyclePolicyText: lifecycle }]])),
    );
  });

  registered('LKC-61', 'keep images in production, and can be destroyed to nothing elsewhere', ({ all, stack, isProduction }) => {
    expect(only(all('AWS::ECR::Repository'), 'EmptyOnDelete')).to.deep.equal(Object.fromEntries(Object.keys(repositories).map((id) => [id, [!isProduction]])));
    for (const id of Object.keys(repositories)) expect(stack.resources.get(id)?.deletionPolicy, id).to.equal(isProduction ? 'RetainExceptOnCreate' : 'Delete');
  });
});
