import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { nameProperty, tagsOf } from '../names-and-tags';
import { plain } from '../plain';
import { taggings } from '../taggings';
import { environmentNames } from './built';
import { namespaces, shorts, type Row } from './everywhere';
import { wholePlatform } from './whole';

describe('FinTech Global’s resources', () => {
  const platform = wholePlatform();

  for (const environment of environmentNames) {
    // What AWS wants before a name (alias, path of a log group), and what makes it unique in the account or the world behind it.
    const named = new RegExp(`^(?:alias/|aws-waf-logs-|/(?:[a-z]+/)+)?fintechglobal-[a-z0-9-]+-${shorts[environment]}-main(?:(?:-\\d{12})?-(?:ap-southeast-1|us-east-1))?(?:/(?:application|cluster|dataplane|engine-log|host|iam-db-auth-error|instance|performance|pods|postgresql|slow-log))?$`);
    const wire = new RegExp(`^/meridian/fintech-global/${environment}/main/[a-z]+/[A-Za-z]+$`);
    // What the owner names: the data key by its alias, and the Fargate profile, of which a cluster has one, after its namespace.
    const others = environment === 'production' ? ['alias/fintech-data-key', 'fintech-prod'] : [`alias/fintech-data-key-${environment}`, namespaces[environment]];

    requirement('FTG-03', `are named by project, part, environment and suffix wherever they have a name: ${environment}`, () => {
      const own = platform(environment).resources().flatMap((placed) => [nameProperty(placed)].flatMap((key) => (key ? [{ ...placed, key }] : [])));
      expect(own).to.have.length.greaterThan(100);
      const wrong = own.flatMap(({ place, type, resource, key }) => {
        const name = (resource.properties as Row)[key] as string;
        return (type === 'AWS::SSM::Parameter' ? wire : named).test(name) ? [] : [[place, name] as const];
      });
      for (const [place, name] of wrong) expect(others, place).to.include(name);
      expect(new Set(wrong.map(([, name]) => name)).size).to.equal(others.length);
    });

    requirement('FTG-03', `have a name in a tag where they have none of their own: ${environment}`, () => {
      // A nested stack has its name from CloudFormation, and would pass a tag on to everything in it.
      const unnamed = platform(environment).resources().filter((placed) => taggings.has(placed.type) && placed.type !== 'AWS::CloudFormation::Stack' && !nameProperty(placed));
      expect(unnamed).to.have.length.greaterThan(20);
      for (const placed of unnamed) {
        const { Name } = tagsOf(placed, ['Name']) as Row;
        expect(Name, placed.place).to.match(named);
      }
    });

    requirement('FTG-02 FTG-58', `say what they cost whom, where they belong and what they answer to: ${environment}`, () => {
      const required = { CostCenter: 'fintech-global', Environment: environment, Compliance: 'pci-dss soc2' };
      const taggable = platform(environment).resources().filter(({ type }) => taggings.has(type));
      expect(taggable).to.have.length.greaterThan(150);
      for (const placed of taggable) expect(tagsOf(placed, Object.keys(required)), placed.place).to.deep.equal(required);
    });

    const kept = new Set([
      'AWS::DynamoDB::GlobalTable', 'AWS::ECR::Repository', 'AWS::EKS::Cluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret',
    ]);
    requirement('FTG-35', environment === 'production' ? 'are kept, or leave a snapshot, only where they hold data, its key or its images: production' : `are never kept when their stack goes: ${environment}`, () => {
      for (const { place, type, resource } of platform(environment).resources()) {
        const policies = [undefined, 'Delete', ...(environment === 'production' && kept.has(type) ? ['RetainExceptOnCreate', 'Retain', 'Snapshot'] : [])];
        expect(policies, place).to.include(resource.deletionPolicy).and.to.include(resource.updateReplacePolicy);
      }
    });

    requirement('FTG-35', `${environment === 'production' ? 'refuse' : 'do not refuse'} to be deleted where AWS can: ${environment}`, () => {
      const whole = platform(environment);
      const refuses = environment === 'production';
      for (const { place, resource } of whole.resources('AWS::EKS::Cluster', 'AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster')) expect(resource.properties['DeletionProtection'], place).to.equal(refuses);
      for (const { place, resource } of whole.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
        const { LoadBalancerAttributes } = resource.properties as Row;
        expect(chosen(LoadBalancerAttributes as readonly Row[], ({ Key }) => Key === 'deletion_protection.enabled').map(({ Value }) => Value as unknown), place).to.deep.equal([String(refuses)]);
      }
      for (const { place, resource } of whole.resources('AWS::DynamoDB::GlobalTable')) expect((resource.properties['Replicas'] as readonly Row[]).map(({ DeletionProtectionEnabled }) => DeletionProtectionEnabled as unknown), place).to.deep.equal([refuses, refuses]);
    });

    if (environment !== 'production') {
      requirement('FTG-35', `are emptied where AWS asks for it: ${environment}`, () => {
        const whole = platform(environment);
        for (const { place, resource } of whole.resources('AWS::ECR::Repository')) expect(resource.properties['EmptyOnDelete'], place).to.equal(true);
        const emptied = whole.resources('Custom::EmptyBucket').map(({ place, resource }) => `${place.replace(/[^/]*$/, '')}${String(plain(resource.properties['BucketName']))}`);
        expect(emptied.sort()).to.deep.equal(whole.resources('AWS::S3::Bucket').map(({ place }) => place).sort());
      });
    }
  }
});
