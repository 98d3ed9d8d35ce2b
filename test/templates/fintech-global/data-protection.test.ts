import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { fintechGlobal } from '../../../templates/systems/fintech-global';
import { requirement } from '../../requirements/requirement';
import { chosen, textsIn } from '../../requirements/selection';
import { plain } from '../plain';
import { bothRegions, environmentNames } from './built';
import type { Row } from './everywhere';
import { wholePlatform } from './whole';

/** The data key of a region, by its agreed logical id: in the one a key, in the other its replica. */
const dataKey = 'DataKey.Arn';
const bucketEncryption = ({ BucketEncryption }: Row): unknown => BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault;
const underDataKey = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: dataKey };

/** Every type that keeps data, how a resource of it says that it is encrypted, and by what. */
const encrypted: readonly (readonly [type: string, read: (properties: Row) => unknown, expected: unknown])[] = [
  ['AWS::RDS::DBCluster', ({ StorageEncrypted, KmsKeyId, PerformanceInsightsKmsKeyId }) => [StorageEncrypted, KmsKeyId, PerformanceInsightsKmsKeyId], [true, dataKey, dataKey]],
  ['AWS::RDS::GlobalCluster', ({ StorageEncrypted }) => StorageEncrypted as unknown, true],
  ['AWS::ElastiCache::ReplicationGroup', ({ AtRestEncryptionEnabled, KmsKeyId }) => [AtRestEncryptionEnabled, KmsKeyId], [true, dataKey]],
  ['AWS::DynamoDB::GlobalTable', ({ SSESpecification, Replicas }) => [SSESpecification, (Replicas as Row[]).map(({ Region, SSESpecification: own }) => [Region, own] as unknown)], [{ SSEEnabled: true, SSEType: 'KMS' }, bothRegions.map((region) => [region, { KMSMasterKeyId: dataKey }])]],
  ['AWS::EKS::Cluster', ({ EncryptionConfig }) => EncryptionConfig as unknown, [{ Provider: { KeyArn: dataKey }, Resources: ['secrets'] }]],
  ['AWS::EC2::LaunchTemplate', ({ LaunchTemplateData }) => (LaunchTemplateData.BlockDeviceMappings as Row[]).map(({ Ebs: { Encrypted, KmsKeyId } }) => [Encrypted, KmsKeyId]), [[true, dataKey]]],
  ['AWS::ECR::Repository', ({ EncryptionConfiguration }) => EncryptionConfiguration as unknown, { EncryptionType: 'KMS', KmsKey: dataKey }],
  ['AWS::SecretsManager::Secret', ({ KmsKeyId }) => KmsKeyId as unknown, dataKey],
  ['AWS::SNS::Topic', ({ KmsMasterKeyId }) => KmsMasterKeyId as unknown, dataKey],
  ['AWS::SQS::Queue', ({ KmsMasterKeyId }) => KmsMasterKeyId as unknown, dataKey],
  ['AWS::Athena::WorkGroup', ({ WorkGroupConfiguration }) => WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration as unknown, { EncryptionOption: 'SSE_KMS', KmsKey: dataKey }],
];

/** Buckets into which AWS writes logs and cost reports under S3's own key. */
const ofAws = / (?:Security\/Logs|Cost\/CostReports)$/;

describe('FinTech Global data', () => {
  const platform = wholePlatform({ CostExport: 'enabled' });

  for (const environment of environmentNames) {
    requirement('FTG-77 FTG-50', `is encrypted at rest under the region’s data key, whatever keeps it: ${environment}`, () => {
      const whole = platform(environment);
      for (const [type, read, expected] of encrypted) {
        const own = whole.resources(type);
        expect(own, type).not.to.have.length(0);
        for (const { place, resource } of own) expect(plain(read(resource.properties as Row)), place).to.deep.equal(expected);
      }
    });

    requirement('FTG-77 FTG-47', `is encrypted in buckets too, under S3’s own key only what AWS itself writes: access logs and cost reports: ${environment}`, () => {
      const buckets = platform(environment).resources('AWS::S3::Bucket');
      expect(new Set(buckets.map(({ region }) => region))).to.deep.equal(new Set(bothRegions));
      for (const { place, resource } of buckets) expect(plain(bucketEncryption(resource.properties as Row)), place).to.deep.equal(ofAws.test(place) ? { SSEAlgorithm: 'AES256' } : underDataKey);
    });

    requirement('FTG-77', `is encrypted in logs too, but for the zone’s, which is there before any key: ${environment}`, () => {
      const groups = platform(environment).resources('AWS::Logs::LogGroup');
      expect(groups).to.have.length.greaterThan(20);
      for (const { place, resource } of groups) expect(plain(resource.properties['KmsKeyId']), place).to.equal(place.startsWith('zone ') ? undefined : dataKey);
    });

    requirement('FTG-78', `is in no database or cache that the internet could reach: ${environment}`, () => {
      const whole = platform(environment);
      const isolated = [0, 1, 2].map((zone) => `DataSubnet${zone + 1}`);
      const each = (type: string, read: (properties: Row) => unknown, expected: unknown): void => {
        const own = whole.resources(type);
        expect(new Set(own.map(({ region }) => region)), type).to.deep.equal(new Set(bothRegions));
        for (const { place, resource } of own) expect(plain(read(resource.properties as Row)), place).to.deep.equal(expected);
      };
      each('AWS::RDS::DBInstance', ({ PubliclyAccessible }) => PubliclyAccessible as unknown, false);
      each('AWS::RDS::DBCluster', ({ PubliclyAccessible, DBSubnetGroupName, VpcSecurityGroupIds }) => [PubliclyAccessible, DBSubnetGroupName, VpcSecurityGroupIds], [undefined, 'SubnetGroup', ['DatabaseSecurityGroup.GroupId']]);
      each('AWS::ElastiCache::ReplicationGroup', ({ CacheSubnetGroupName, SecurityGroupIds }) => [CacheSubnetGroupName, SecurityGroupIds], ['CacheSubnets', ['CacheSecurityGroup.GroupId']]);
      each('AWS::RDS::DBSubnetGroup', ({ SubnetIds }) => SubnetIds as unknown, isolated);
      each('AWS::ElastiCache::SubnetGroup', ({ SubnetIds }) => SubnetIds as unknown, isolated);
      const ingress = chosen(whole.resources('AWS::EC2::SecurityGroupIngress'), ({ resource }) => /^(?:Database|Cache)SecurityGroup/.test(String(plain(resource.properties['GroupId']))));
      const opened = ['CacheSecurityGroup.GroupId', 'DatabaseSecurityGroup.GroupId'];
      expect([...new Set(ingress.map(({ region, resource }) => `${region} ${String(plain(resource.properties['GroupId']))}`))].sort()).to.deep.equal(bothRegions.flatMap((region) => opened.map((group) => `${region} ${group}`)).sort());
      for (const { place, resource } of ingress) expect(plain([resource.properties['CidrIp'], resource.properties['CidrIpv6'], resource.properties['SourcePrefixListId']]), place).to.deep.equal([undefined, undefined, undefined]);
    });

    requirement('FTG-04', `belongs to whatever account it is deployed to: no template names one: ${environment}`, () => {
      const templates = fintechGlobal.build(environment).deployments.flatMap(({ templates: of }) => [...of.values()].map(({ name, template }) => ({ name, template: JSON.parse(render(template)) as object })));
      expect(templates).to.have.length.greaterThan(12);
      for (const { name, template } of templates) expect(textsIn(template, /(?<![\w-])\d{12}(?![\w-])/g), name).to.deep.equal([]);
    });
  }
});
