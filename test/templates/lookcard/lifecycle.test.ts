import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { nameProperty, tagsOf } from '../names-and-tags';
import { plain } from '../plain';
import { taggings } from '../taggings';
import { environmentNames, regionsOf } from './built';
import { shorts, type Row } from './everywhere';
import { wholePlatform } from './whole';

/** What has a name below something of the environment's own, or is called as a domain is. */
const otherNames = new Set(['AWS::ApiGateway::DomainName', 'AWS::ServiceDiscovery::PrivateDnsNamespace', 'AWS::ServiceDiscovery::Service']);

describe('LookCard’s resources', () => {
  const platform = wholePlatform();

  for (const environment of environmentNames) {
    const isProduction = environment === 'production';
    // What AWS wants before a name (alias, path of a log group), what makes it unique in the account or the world behind it, and the part of the group that a log or an alias is of.
    const named = new RegExp(`^(?:alias/|aws-waf-logs-|/(?:[A-Za-z-]+/)+)?(?:API-Gateway-[A-Za-z-]+_)?lookcard[-_][a-z0-9-]+[-_]${shorts[environment]}[-_]main(?:(?:-\\d{12})?-(?:ap-southeast-1|us-east-1))?(?:/[a-z-]+)?$`);
    const wire = new RegExp(`^/meridian/lookcard/${environment}/main/[a-z-]+/[A-Za-z]+$`);

    requirement('LKC-05', `are named by project, part, environment and suffix wherever they have a name: ${environment}`, () => {
      const own = platform(environment).resources().flatMap((placed) => [nameProperty(placed)].flatMap((key) => (key && !otherNames.has(placed.type) ? [{ ...placed, key }] : [])));
      expect(own).to.have.length.greaterThan(300);
      for (const { place, type, resource, key } of own) {
        const name = (resource.properties as Row)[key] as string;
        expect((type === 'AWS::SSM::Parameter' && wire.test(name)) || named.test(name) || name, place).to.equal(true);
      }
    });

    requirement('LKC-103', `have a name in a tag where they have none of their own: ${environment}`, () => {
      // A nested stack has its name from CloudFormation, and would pass a tag on to everything in it; a log group may have a name of which API Gateway gives a part.
      const others = ['AWS::CloudFormation::Stack', 'AWS::Logs::LogGroup'];
      const unnamed = platform(environment).resources().filter((placed) => taggings.has(placed.type) && !others.includes(placed.type) && !nameProperty(placed));
      expect(unnamed).to.have.length.greaterThan(20);
      for (const placed of unnamed) {
        const { Name } = tagsOf(placed, ['Name']) as Row;
        expect(Name, placed.place).to.match(named);
      }
    });

    requirement('LKC-103', `say what they cost whom, where they belong and what they answer to: ${environment}`, () => {
      const required = { CostCenter: 'lookcard', Environment: environment, Compliance: 'pci-dss soc2', System: 'lookcard' };
      const taggable = platform(environment).resources().filter(({ type }) => taggings.has(type));
      expect(taggable).to.have.length.greaterThan(500);
      for (const placed of taggable) expect(tagsOf(placed, Object.keys(required)), placed.place).to.deep.equal(required);
    });

    const kept = new Set([
      'AWS::Backup::BackupVault', 'AWS::DynamoDB::GlobalTable', 'AWS::ECR::Repository', 'AWS::ElastiCache::ReplicationGroup', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret',
    ]);
    requirement('LKC-08 LKC-97', isProduction ? 'are kept, or leave a snapshot, only where they hold data, its key or its images: production' : `are never kept when their stack goes: ${environment}`, () => {
      for (const { place, type, resource } of platform(environment).resources()) {
        const policies = [undefined, 'Delete', ...(isProduction && kept.has(type) ? ['RetainExceptOnCreate', 'Retain', 'Snapshot'] : [])];
        expect(policies, place).to.include(resource.deletionPolicy).and.to.include(resource.updateReplacePolicy);
      }
    });

    requirement('LKC-08', `${isProduction ? 'refuse' : 'do not refuse'} to be deleted where AWS can: ${environment}`, () => {
      const whole = platform(environment);
      for (const { place, resource } of whole.resources('AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster')) expect(resource.properties['DeletionProtection'], place).to.equal(isProduction);
      for (const { place, resource } of whole.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
        const { LoadBalancerAttributes } = resource.properties as Row;
        expect(chosen(LoadBalancerAttributes as readonly Row[], ({ Key }) => Key === 'deletion_protection.enabled').map(({ Value }) => Value as unknown), place).to.deep.equal([String(isProduction)]);
      }
      for (const { place, resource } of whole.resources('AWS::DynamoDB::GlobalTable')) expect((resource.properties['Replicas'] as readonly Row[]).map(({ DeletionProtectionEnabled }) => DeletionProtectionEnabled as unknown), place).to.deep.equal(regionsOf(environment).map(() => isProduction));
    });

    if (!isProduction) {
      requirement('LKC-05', `are emptied where AWS asks for it: ${environment}`, () => {
        const whole = platform(environment);
        for (const { place, resource } of whole.resources('AWS::ECR::Repository')) expect(resource.properties['EmptyOnDelete'], place).to.equal(true);
        const emptied = whole.resources('Custom::EmptyBucket').map(({ place, resource }) => `${place.replace(/[^/]*$/, '')}${String(plain(resource.properties['BucketName']))}`);
        expect(emptied.sort()).to.deep.equal(whole.resources('AWS::S3::Bucket').map(({ place }) => place).sort());
      });
    }
  }
});
