import { expect } from 'chai';
import { lookcard } from '../../../templates/systems/lookcard';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { nameProperty, tagsOf } from '../names-and-tags';
import { plain } from '../plain';
import { taggings } from '../taggings';
import { environmentNames, regionsOf, type EnvironmentName } from './built';
import { shorts, type Row } from './everywhere';
import { wholePlatform } from './whole';

/** What stands in an environment: the deployments that it has. */
const deploymentsOf = (environment: EnvironmentName): readonly string[] => lookcard.build(environment).deployments.map(({ name }) => name);

/** What has a name below something of the environment's own, or is called as a domain is. */
const otherNames = new Set(['AWS::ApiGateway::DomainName', 'AWS::ServiceDiscovery::PrivateDnsNamespace', 'AWS::ServiceDiscovery::Service']);

describe('LookCard’s resources', () => {
  const platform = wholePlatform();

  for (const environment of environmentNames) {
    const isProduction = environment === 'production';
    // What AWS wants before a name (alias, path of a log group), what makes it unique in the account or the world behind it, and the part of the group that a log or an alias is of.
    const named = new RegExp(`^(?:alias/|aws-waf-logs-|/(?:[A-Za-z-]+/)+)?(?:API-Gateway-[A-Za-z-]+_)?lookcard[-_][a-z0-9-]+[-_]${shorts[environment]}[-_]main(?:(?:-\\d{12})?-(?:ap-southeast-1|us-east-1))?(?:/(?:crypto-signing|crypto-wrapping|data|edge|engine-log|iam-db-auth-error|instance|liquidity|postgresql|slow-log))?$`);
    const wire = new RegExp(`^/meridian/lookcard/${environment}/main/[a-z-]+/[A-Za-z]+$`);

    const kept = new Set([
      'AWS::Backup::BackupVault', 'AWS::DynamoDB::GlobalTable', 'AWS::ECR::Repository', 'AWS::ElastiCache::ReplicationGroup', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret',
    ]);

    // Deployment by deployment: the proof of a test grows with the square of what it reads.
    for (const deployment of deploymentsOf(environment)) {
      const standing = () => platform(environment).resources().filter(({ place }) => place.startsWith(`${deployment} `));
      const where = `${environment}, ${deployment}`;

      requirement('LKC-03 LKC-05', `are named by project, part, environment and suffix wherever they have a name: ${where}`, () => {
        const own = standing().flatMap((placed) => [nameProperty(placed)].flatMap((key) => (key && !otherNames.has(placed.type) ? [{ ...placed, key }] : [])));
        expect(own).not.to.have.length(0);
        for (const { place, type, resource, key } of own) {
          const name = (resource.properties as Row)[key] as string;
          expect((type === 'AWS::SSM::Parameter' && wire.test(name)) || named.test(name) || name, place).to.equal(true);
        }
      });

      requirement('LKC-103', `say what they cost whom, where they belong and what they answer to, and have a name in a tag where they have none of their own: ${where}`, () => {
        const required = { CostCenter: 'lookcard', Environment: environment, Compliance: 'pci-dss soc2', System: 'lookcard' };
        // A nested stack has its name from CloudFormation, and would pass a tag on to everything in it; a log group may have a name of which API Gateway gives a part.
        const others = ['AWS::CloudFormation::Stack', 'AWS::Logs::LogGroup'];
        const taggable = standing().filter(({ type }) => taggings.has(type));
        expect(taggable).not.to.have.length(0);
        for (const placed of taggable) {
          const asksName = !others.includes(placed.type) && !nameProperty(placed);
          const { Name, ...tags } = tagsOf(placed, [...Object.keys(required), ...(asksName ? ['Name'] : [])]) as Row;
          expect(tags, placed.place).to.deep.equal(required);
          if (asksName) expect(Name, placed.place).to.match(named);
        }
      });

      requirement('LKC-08 LKC-97', `${isProduction ? 'are kept, or leave a snapshot, only where they hold data, its key or its images' : 'are never kept when their stack goes'}: ${where}`, () => {
        for (const { place, type, resource } of standing()) {
          const policies = [undefined, 'Delete', ...(isProduction && kept.has(type) ? ['RetainExceptOnCreate', 'Retain', 'Snapshot'] : [])];
          expect(policies, place).to.include(resource.deletionPolicy).and.to.include(resource.updateReplacePolicy);
        }
      });
    }

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
