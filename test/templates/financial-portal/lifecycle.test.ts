import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { nameProperty, tagsOf } from '../names-and-tags';
import { plain } from '../plain';
import { taggings } from '../taggings';
import { environmentNames, type EnvironmentName } from './built';
import { wholePortal } from './whole';

type Row = Readonly<Record<string, any>>;

const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };

describe('The financial portal’s resources', () => {
  const portal = wholePortal();

  for (const environment of environmentNames) {
    // What AWS wants before a name (alias, path of a log group), and what makes it unique in the account or the world behind it.
    const named = new RegExp(`^(?:alias/|aws-waf-logs-|/(?:[a-z]+/)+)?fin-[a-z0-9-]+-${shorts[environment]}-main(?:(?:-\\d{12})?-(?:ap-southeast-1|us-east-1))?(?:/(?:iam-db-auth-error|instance|postgresql))?$`);
    const wire = new RegExp(`^/meridian/financial-portal/${environment}/main/[a-z]+/[A-Za-z]+$`);

    requirement('FIN-57 FIN-58', `are named by part, environment and suffix wherever they have a name: ${environment}`, () => {
      const whole = portal(environment);
      const own = whole.resources().flatMap((placed) => [nameProperty(placed)].flatMap((key) => (key ? [{ ...placed, key }] : [])));
      expect(own).to.have.length.greaterThan(100);
      for (const { place, type, resource, key } of own) expect((resource.properties as Row)[key], place).to.match(type === 'AWS::SSM::Parameter' ? wire : named);
    });

    requirement('FIN-57', `have a name in a tag where they have none of their own: ${environment}`, () => {
      // A nested stack has its name from CloudFormation, and would pass a tag on to everything in it.
      const unnamed = portal(environment).resources().filter((placed) => taggings.has(placed.type) && placed.type !== 'AWS::CloudFormation::Stack' && !nameProperty(placed));
      expect(unnamed).to.have.length.greaterThan(20);
      for (const placed of unnamed) {
        const { Name } = tagsOf(placed, ['Name']) as Row;
        expect(Name, placed.place).to.match(named);
      }
    });

    requirement('FIN-61', `say what they cost whom, where they belong and what they answer to: ${environment}`, () => {
      const required = { CostCenter: 'financial-portal', Environment: environment, Compliance: 'pci-dss soc2 mas-trm' };
      const taggable = portal(environment).resources().filter(({ type }) => taggings.has(type));
      expect(taggable).to.have.length.greaterThan(150);
      for (const placed of taggable) expect(tagsOf(placed, Object.keys(required)), placed.place).to.deep.equal(required);
    });

    requirement('FIN-59', `are never kept when their stack goes: ${environment}`, () => {
      for (const { place, resource } of portal(environment).resources()) expect([undefined, 'Delete'], place).to.include(resource.deletionPolicy).and.to.include(resource.updateReplacePolicy);
    });

    requirement('FIN-60', `go at once and with a word to that end where AWS would keep something: ${environment}`, () => {
      const lasting = ['AWS::ECR::Repository', 'AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::RDS::GlobalCluster', 'AWS::Route53::HostedZone', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret'];
      const kept = portal(environment).resources(...lasting);
      expect(new Set(kept.map(({ type }) => type)).size).to.equal(lasting.length);
      for (const { place, resource } of kept) expect([resource.deletionPolicy, resource.updateReplacePolicy], place).to.deep.equal(['Delete', 'Delete']);
    });

    requirement('FIN-60', `are protected from nobody who destroys them, and are emptied where AWS asks for it: ${environment}`, () => {
      const whole = portal(environment);
      for (const { place, resource } of whole.resources('AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster')) expect(resource.properties['DeletionProtection'], place).to.equal(false);
      for (const { place, resource } of whole.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
        const { LoadBalancerAttributes } = resource.properties as Row;
        expect(chosen(LoadBalancerAttributes as readonly Row[], ({ Key }) => Key === 'deletion_protection.enabled').map(({ Value }) => Value as unknown), place).to.deep.equal(['false']);
      }
      for (const { place, resource } of whole.resources('AWS::ECR::Repository')) expect(resource.properties['EmptyOnDelete'], place).to.equal(true);
      const emptied = whole.resources('Custom::EmptyBucket').map(({ place, resource }) => `${place.replace(/[^/]*$/, '')}${String(plain(resource.properties['BucketName']))}`);
      expect(emptied.sort()).to.deep.equal(whole.resources('AWS::S3::Bucket').map(({ place }) => place).sort());
    });
  }
});
