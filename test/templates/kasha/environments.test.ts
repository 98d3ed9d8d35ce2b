import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { metricsOnDashboard } from '../../../src/check/metrics/dashboard';
import { explain } from '../../../src/resolve';
import { kasha } from '../../../templates/systems/kasha';
import { differences, environments } from '../../../templates/systems/kasha/environments';
import { monitoring } from '../../../templates/systems/kasha/monitoring';
import { network } from '../../../templates/systems/kasha/network';
import type { Differences } from '../../../templates/systems/kasha/settings';
import { requirement } from '../../requirements/requirement';
import { chosen, textsIn } from '../../requirements/selection';
import { ofType, resolved, type EnvironmentName } from './built';
import { computeIn } from './compute-instance';
import { account, dataIn } from './data-stack';
import { resourceOf } from './resolved-template';

const names = ['production', 'production-as-specified', 'staging', 'develop'] as const satisfies readonly EnvironmentName[];
const databases = (environment: EnvironmentName, region: 'us-east-1' | 'ap-southeast-1' = 'us-east-1') => ofType(dataIn(region, environment), 'AWS::RDS::DBInstance');
const writer = (environment: EnvironmentName) => databases(environment)['Primary'];
const count = (resources: object): number => Object.keys(resources).length;
const inNetwork = (environment: EnvironmentName, type: string) => ofType(resolved(network, 'us-east-1', environment), type);
const frontend = (environment: EnvironmentName) => resourceOf(computeIn(environment), 'Frontend').properties;
const ownKey = `arn:aws:kms:us-east-1:${account}:key/default`;
const exportsAll = ['error', 'general', 'slowquery'];

/** A setting in which environments differ: who asks for it, and what the templates show of it in each environment, in the order of `names`. */
interface Row {
  readonly setting: string;
  readonly ids: string;
  readonly what: string;
  readonly seen: (environment: EnvironmentName) => unknown;
  readonly expected: readonly [production: unknown, asSpecified: unknown, staging: unknown, develop: unknown];
}

const table: readonly Row[] = [
  { setting: 'natGateways', ids: 'KSH-12 KSH-136', what: 'the NAT gateways of a region', seen: (e) => count(inNetwork(e, 'AWS::EC2::NatGateway')), expected: [2, 1, 1, 1] },
  { setting: 'interfaceEndpoints', ids: 'KSH-136', what: 'the zones of an interface endpoint', seen: (e) => inNetwork(e, 'AWS::EC2::VPCEndpoint')['SqsEndpoint'].SubnetIds.length, expected: [2, 2, 1, 1] },
  { setting: 'spot', ids: 'KSH-49', what: 'the capacity that tasks run on', seen: (e) => frontend(e)['CapacityProviderStrategy'], expected: [[{ CapacityProvider: 'FARGATE', Base: 2, Weight: 1 }], [{ CapacityProvider: 'FARGATE', Base: 2, Weight: 1 }], [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }], [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]] },
  { setting: 'nightShutdown', ids: 'KSH-135', what: 'the stops and starts of a working day', seen: (e) => Object.keys(resourceOf(computeIn(e), 'BackendScalingTarget').properties['ScheduledActions'] ?? {}).length, expected: [0, 0, 2, 2] },
  { setting: 'executeCommand', ids: 'KSH-46', what: 'shells into tasks', seen: (e) => frontend(e)['EnableExecuteCommand'], expected: [false, false, false, true] },
  { setting: 'database.proxy', ids: 'KSH-52', what: 'database proxies', seen: (e) => count(ofType(dataIn('us-east-1', e), 'AWS::RDS::DBProxy')), expected: [1, 0, 1, 0] },
  { setting: 'database.engineVersion', ids: 'KSH-54', what: 'the version of MySQL', seen: (e) => writer(e).EngineVersion, expected: ['8.4.7', '8.0.46-rds.20260908', '8.4.7', '8.4.7'] },
  { setting: 'database.family', ids: 'KSH-54', what: 'the family of its parameters', seen: (e) => ofType(dataIn('us-east-1', e), 'AWS::RDS::DBParameterGroup')['ParameterGroup'].Family, expected: ['mysql8.4', 'mysql8.0', 'mysql8.4', 'mysql8.4'] },
  { setting: 'database.instanceClass', ids: 'KSH-58', what: 'the class of every instance', seen: (e) => [...new Set(Object.values(databases(e)).map(({ DBInstanceClass }) => DBInstanceClass))].join(), expected: ['db.m6g.large', 'db.t3.micro', 'db.t3.micro', 'db.t3.micro'] },
  { setting: 'database.performanceInsights', ids: 'KSH-58 KSH-73', what: 'the days of Performance Insights, which micro classes lack', seen: (e) => writer(e).PerformanceInsightsRetentionPeriod, expected: [7, undefined, undefined, undefined] },
  { setting: 'database.crossRegionReplica', ids: 'KSH-59', what: 'the GiB of storage of all instances', seen: (e) => [...Object.values(databases(e)), ...Object.values(databases(e, 'ap-southeast-1'))].reduce((sum, { AllocatedStorage }) => sum + Number(AllocatedStorage), 0), expected: [60, 40, 60, 60] },
  { setting: 'database.multiAz', ids: 'KSH-55 KSH-136', what: 'the standby in another zone', seen: (e) => writer(e).MultiAZ, expected: [true, true, false, false] },
  { setting: 'database.generalLog', ids: 'KSH-70', what: 'the logs that MySQL exports', seen: (e) => writer(e).EnableCloudwatchLogsExports, expected: [['error', 'slowquery'], exportsAll, ['error', 'slowquery'], exportsAll] },
  { setting: 'database.generalLog', ids: 'KSH-72', what: 'whether the general log is written', seen: (e) => ofType(dataIn('us-east-1', e), 'AWS::RDS::DBParameterGroup')['ParameterGroup'].Parameters.general_log, expected: ['0', '0', '0', '1'] },
  { setting: 'queueKey', ids: 'KSH-93', what: 'the key of the queues', seen: (e) => [...new Set(Object.values(ofType(dataIn('us-east-1', e), 'AWS::SQS::Queue')).map(({ KmsMasterKeyId }) => KmsMasterKeyId))].join(), expected: [ownKey, 'alias/aws/sqs', ownKey, ownKey] },
  { setting: 'protected', ids: 'ADR-0008', what: 'the protection of the database', seen: (e) => [writer(e).DeletionProtection, dataIn('us-east-1', e).resources.get('Primary')?.deletionPolicy], expected: [[true, 'Snapshot'], [true, 'Snapshot'], [false, 'Delete'], [false, 'Delete']] },
  { setting: 'archive', ids: 'ADR-0008', what: 'the plans of monthly backups', seen: (e) => count(ofType(dataIn('us-east-1', e), 'AWS::Backup::BackupPlan')), expected: [1, 1, 0, 0] },
];

/** The changes of an environment as `requirement setting`. */
const changesOf = (of: Differences): (readonly [id: string, setting: string])[] =>
  Object.entries(of).flatMap(([id, { database = {}, ...others }]) => [...Object.keys(others), ...Object.keys(database).map((key) => `database.${key}`)].map((setting) => [id, setting] as const));

describe('Kasha’s environments', () => {
  for (const { ids, what, seen, expected } of table) {
    const shows = (): void => names.forEach((environment, index) => expect(seen(environment), environment).to.deep.equal(expected[index]));
    if (ids.startsWith('ADR')) it(`${ids} differ in ${what}`, shows);
    else requirement(ids, `differ in ${what}`, shows);
  }

  it('differ in nothing but the rows of this table, each for a reason that the row names', () => {
    const changes = names.flatMap((environment) => changesOf(differences[environment]));
    expect([...new Set(changes.map(([, setting]) => setting))].sort()).to.deep.equal([...new Set(table.map(({ setting }) => setting))].sort());
    for (const [id, setting] of changes) expect(table.some((row) => row.setting === setting && row.ids.split(' ').includes(id)), `${id} ${setting}`).to.equal(true);
  });

  for (const environment of names) {
    it(`${environment} changes no setting twice, and none to what production has`, () => {
      const settings = changesOf(differences[environment]).map(([, setting]) => setting);
      expect(settings).to.deep.equal([...new Set(settings)]);
      const value = (of: EnvironmentName, path: string): unknown => path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], environments[of].settings);
      for (const setting of settings) expect(value(environment, setting), setting).not.to.deep.equal(value('production', setting));
    });

    it(`${environment} has a short name of its own of at most four letters, and every name within its limit`, () => {
      expect(environments[environment].short).to.match(/^[a-z]{3,4}$/);
      expect(names.filter((other) => environments[other].short === environments[environment].short)).to.deep.equal([environment]);
      expect(() => kasha.build(environment)).not.to.throw();
    });

    it(`${environment} has a parameters file that gives what its templates ask for and nothing else`, () => {
      const given = Object.keys(parse(readFileSync(join(__dirname, '../../../parameters/kasha', `${environment}.yaml`), 'utf8')).parameters);
      const asked = kasha.build(environment).deployments.flatMap(({ parameters }) => Object.entries(parameters).filter(([, { from }]) => from === 'file').map(([name]) => name));
      expect(given.sort()).to.deep.equal([...new Set(asked)].sort());
    });

    requirement('KSH-07 KSH-08 KSH-32 KSH-57', `${environment} keeps two zones for what costs nothing there, and its read replica in the second`, () => {
      const subnets = Object.entries(inNetwork(environment, 'AWS::EC2::Subnet')).map(([id, { AvailabilityZone }]) => `${id.replace(/\d/, '')} ${AvailabilityZone}`);
      expect(subnets.sort()).to.deep.equal(['Backend', 'Database', 'Frontend', 'Public'].flatMap((tier) => ['a', 'b'].map((zone) => `${tier}Subnet us-east-1${zone}`)));
      expect(frontend(environment)).to.include({ DesiredCount: 2 }).and.to.have.nested.property('NetworkConfiguration.AwsvpcConfiguration.Subnets').with.lengthOf(2);
      expect(databases(environment)['ReadReplica'].AvailabilityZone).to.equal('us-east-1b');
    });
  }
});

describe('Kasha in staging', () => {
  requirement('KSH-136', 'has the one of what is paid by zone, NAT gateway, endpoints and database, in the first zone', () => {
    expect(explain(inNetwork('staging', 'AWS::EC2::NatGateway')['NatGateway1'].SubnetId)).to.match(/ PublicSubnet1 /);
    const interfaces = chosen(Object.values(inNetwork('staging', 'AWS::EC2::VPCEndpoint')), ({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    expect(interfaces).to.have.lengthOf(5);
    for (const { SubnetIds } of interfaces) {
      expect(SubnetIds).to.have.lengthOf(1);
      expect(explain(SubnetIds[0])).to.match(/^id of AWS::EC2::Subnet BackendSubnet1 /);
    }
    expect(writer('staging').AvailabilityZone).to.equal('us-east-1a');
    expect(databases('staging', 'ap-southeast-1')['StandbyReplica'].MultiAZ).to.equal(false);
  });
});

describe('Kasha as its owner specified it', () => {
  const environment = 'production-as-specified';

  requirement('KSH-132', 'has no database in the second region, no alarm on one there, and graphs of the first’s', () => {
    expect(databases(environment, 'ap-southeast-1')).to.deep.equal({});
    const there = resolved(monitoring, 'ap-southeast-1', environment);
    const alarmsOn = (namespace: string) => chosen(Object.values(ofType(there, 'AWS::CloudWatch::Alarm')), ({ Namespace }) => Namespace === namespace);
    expect([alarmsOn('AWS/SQS').length, alarmsOn('AWS/RDS').length]).to.deep.equal([4, 0]);
    const graphs = metricsOnDashboard(ofType(there, 'AWS::CloudWatch::Dashboard')['Dashboard'].DashboardBody, 'ap-southeast-1') ?? [];
    expect(graphs.filter(({ namespace }) => namespace === 'AWS/RDS').map(({ region, dimensions }) => [region, dimensions.get('DBInstanceIdentifier')])).to.deep.equal([
      ['us-east-1', 'kasha-mysql-db-spec-main'],
      ['us-east-1', 'kasha-mysql-read-replica-spec-main'],
    ]);
  });

  requirement('KSH-14', 'still lets only CloudFront in, on 443: what is unsafe is not built, whoever wrote it', () => {
    const groups = inNetwork(environment, 'AWS::EC2::SecurityGroup');
    const ingress = groups['PublicLoadBalancerSecurityGroup'].SecurityGroupIngress.map(({ FromPort, ToPort, SourcePrefixListId }: Readonly<Record<string, unknown>>) => [FromPort, ToPort, SourcePrefixListId]);
    expect(ingress).to.deep.equal([[443, 443, 'pl-3b927c52']]);
    expect(textsIn(groups, /\d+(\.\d+){3}\/\d+/g), 'ranges, of which this one is nobody').to.deep.equal(['127.0.0.1/32']);
  });
});
