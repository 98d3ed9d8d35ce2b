import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { nameProperty, tagsOf } from '../names-and-tags';
import { plain } from '../plain';
import { taggings } from '../taggings';
import { environmentNames, type EnvironmentName } from './built';
import { wholePortal } from './whole';

type Row = Readonly<Record<string, any>>;

const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };

/** Where API Gateway writes what it does, under a name that it gives itself. */
const executionLog = ' Api/StageExecutionLog';

describe('The customer portal’s resources', () => {
  const portal = wholePortal();

  for (const environment of environmentNames) {
    // What AWS wants before a name (alias, path of a log group), and what makes it unique in the account or the world behind it.
    const named = new RegExp(`^(?:alias/|aws-waf-logs-|/(?:[a-z]+/)+)?cus-[a-z0-9-]+-${shorts[environment]}-main(?:(?:-\\d{12})?-(?:ap-southeast-1|us-east-1))?(?:/(?:iam-db-auth-error|instance|postgresql))?$`);
    const wire = new RegExp(`^/meridian/customer-portal/${environment}/main/[a-z]+/[A-Za-z]+$`);

    requirement('CUS-61 CUS-62', `are named by what they are, environment and suffix wherever they have a name: ${environment}`, () => {
      const whole = portal(environment);
      const own = whole.resources().flatMap((placed) => [nameProperty(placed)].flatMap((key) => (key ? [{ ...placed, key }] : [])));
      expect(own).to.have.length.greaterThan(100);
      for (const { place, type, resource, key } of own) expect((resource.properties as Row)[key], place).to.match(type === 'AWS::SSM::Parameter' ? wire : named);
    });

    requirement('CUS-61', `have a name in a tag where they have none of their own: ${environment}`, () => {
      // A nested stack has its name from CloudFormation, and would pass a tag on to everything in it.
      const unnamed = portal(environment)
        .resources()
        .filter((placed) => taggings.has(placed.type) && placed.type !== 'AWS::CloudFormation::Stack' && !placed.place.endsWith(executionLog) && !nameProperty(placed));
      expect(unnamed).to.have.length.greaterThan(20);
      for (const placed of unnamed) {
        const { Name } = tagsOf(placed, ['Name']) as Row;
        expect(Name, placed.place).to.match(named);
      }
    });

    requirement('CUS-61', `have the suffix at the end of the one name that API Gateway begins: ${environment}`, () => {
      const logs = portal(environment).resources('AWS::Logs::LogGroup').filter(({ place }) => place.endsWith(executionLog));
      const name = { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', 'Api', `/cus-stage-${shorts[environment]}-main`]] };
      expect(logs.map(({ resource }) => plain(resource.properties['LogGroupName']))).to.deep.equal([name, name]);
    });

    requirement('CUS-69', `say what they cost whom, where they belong and what they answer to: ${environment}`, () => {
      const required = { CostCenter: 'customer-portal', Environment: environment, Compliance: 'pci-dss soc2' };
      const taggable = portal(environment).resources().filter(({ type }) => taggings.has(type));
      expect(taggable).to.have.length.greaterThan(150);
      for (const placed of taggable) expect(tagsOf(placed, Object.keys(required)), placed.place).to.deep.equal(required);
    });

    requirement('CUS-35 CUS-65', `are never kept when their stack goes: ${environment}`, () => {
      for (const { place, resource } of portal(environment).resources()) expect([undefined, 'Delete'], place).to.include(resource.deletionPolicy).and.to.include(resource.updateReplacePolicy);
    });

    requirement('CUS-65 CUS-67', `go at once and with a word to that end where AWS would keep something: ${environment}`, () => {
      const lasting = [
        'AWS::DynamoDB::GlobalTable', 'AWS::ECR::Repository', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::RDS::GlobalCluster',
        'AWS::Route53::HostedZone', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret',
      ];
      const kept = portal(environment).resources(...lasting);
      expect(new Set(kept.map(({ type }) => type)).size).to.equal(lasting.length);
      for (const { place, resource } of kept) expect([resource.deletionPolicy, resource.updateReplacePolicy], place).to.deep.equal(['Delete', 'Delete']);
    });

    requirement('CUS-66', `are protected from nobody who destroys them: ${environment}`, () => {
      const whole = portal(environment);
      const databases = whole.resources('AWS::RDS::DBCluster', 'AWS::RDS::GlobalCluster');
      expect(databases).to.have.length(3);
      for (const { place, resource } of databases) expect(resource.properties['DeletionProtection'], place).to.equal(false);
      const balancers = whole.resources('AWS::ElasticLoadBalancingV2::LoadBalancer');
      expect(balancers).to.have.length(4);
      for (const { place, resource } of balancers) {
        const { LoadBalancerAttributes } = resource.properties as Row;
        expect(chosen(LoadBalancerAttributes as readonly Row[], ({ Key }) => Key === 'deletion_protection.enabled').map(({ Value }) => Value as unknown), place).to.deep.equal(['false']);
      }
      const tables = whole.resources('AWS::DynamoDB::GlobalTable');
      expect(tables).to.have.length(2);
      for (const { place, resource } of tables) {
        const { Replicas } = resource.properties as Row;
        expect((Replicas as readonly Row[]).map(({ DeletionProtectionEnabled }) => DeletionProtectionEnabled as unknown), place).to.deep.equal([false, false]);
      }
    });

    requirement('CUS-67 CUS-68', `are emptied where AWS asks for it, old versions included: ${environment}`, () => {
      const whole = portal(environment);
      for (const { place, resource } of whole.resources('AWS::ECR::Repository')) expect(resource.properties['EmptyOnDelete'], place).to.equal(true);
      const emptied = (type: string, property: string) => whole.resources(type).map(({ place, resource }) => `${place.replace(/[^/]*$/, '')}${String(plain(resource.properties[property]))}`).sort();
      const placesOf = (type: string) => whole.resources(type).map(({ place }) => place).sort();
      expect(placesOf('AWS::S3::Bucket')).to.have.length.greaterThan(5);
      expect(emptied('Custom::EmptyBucket', 'BucketName')).to.deep.equal(placesOf('AWS::S3::Bucket'));
      expect(emptied('Custom::EmptyZone', 'HostedZoneId')).to.deep.equal(placesOf('AWS::Route53::HostedZone'));
    });
  }
});
