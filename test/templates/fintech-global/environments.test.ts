import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../../../src/toolchain';
import { fintechGlobal } from '../../../templates/systems/fintech-global';
import { differences, environments } from '../../../templates/systems/fintech-global/environments';
import type { Differences } from '../../../templates/systems/fintech-global/settings';
import { requirement } from '../../requirements/requirement';
import { environmentNames, type EnvironmentName } from './built';
import { wholePlatform } from './whole';

type Row = Readonly<Record<string, any>>;

/** A setting in which environments differ: who asks for it, and what the templates show of it in production, staging and develop. */
interface Difference {
  readonly setting: string;
  readonly id: string;
  readonly what: string;
  /** Type and logical id of the resource in us-east-1 that shows it. */
  readonly of: readonly [type: string, place: string];
  readonly seen: (properties: Row) => unknown;
  readonly expected: Readonly<Record<EnvironmentName, unknown>>;
}

const elsewhere = (production: unknown, other: unknown): Difference['expected'] => ({ production, staging: other, develop: other });

const table: readonly Difference[] = [
  { setting: 'interfaceEndpoints', id: 'FTG-10', what: 'the zones of an interface endpoint', of: ['AWS::EC2::VPCEndpoint', 'foundation us-east-1 Network/LogsEndpoint'], seen: ({ SubnetIds }) => SubnetIds.length, expected: elsewhere(3, 1) },
  { setting: 'protected', id: 'FTG-35', what: 'whether the database refuses to be deleted', of: ['AWS::RDS::DBCluster', 'platform us-east-1 Data/Cluster'], seen: ({ DeletionProtection }) => DeletionProtection, expected: elsewhere(true, false) },
  { setting: 'cache.nodeType', id: 'FTG-37', what: 'the size of the cache', of: ['AWS::ElastiCache::ReplicationGroup', 'platform us-east-1 Data/Cache'], seen: ({ CacheNodeType }) => CacheNodeType, expected: elsewhere('cache.r7g.large', 'cache.t4g.small') },
  { setting: 'cache.snapshotRetentionDays', id: 'FTG-37', what: 'the days that the cache’s snapshots are kept', of: ['AWS::ElastiCache::ReplicationGroup', 'platform us-east-1 Data/Cache'], seen: ({ SnapshotRetentionLimit }) => SnapshotRetentionLimit, expected: elsewhere(7, 1) },
  { setting: 'logRetentionDays', id: 'FTG-57', what: 'the days that logs stay at hand', of: ['AWS::Logs::LogGroup', 'foundation us-east-1 Network/FlowLogGroup'], seen: ({ RetentionInDays }) => RetentionInDays, expected: elsewhere(400, 14) },
  {
    setting: 'kubernetes.namespace', id: 'FTG-21', what: 'the namespace of the pods', of: ['AWS::EKS::FargateProfile', 'platform us-east-1 Compute/Pods'],
    seen: ({ Selectors }) => (Selectors as Row[]).map(({ Namespace }) => Namespace as unknown), expected: { production: ['fintech-prod'], staging: ['fintech-staging'], develop: ['fintech-dev'] },
  },
  {
    setting: 'database.backupRetentionDays', id: 'FTG-29', what: 'the days of point-in-time recovery', of: ['AWS::RDS::DBCluster', 'platform us-east-1 Data/Cluster'],
    seen: ({ BackupRetentionPeriod }) => BackupRetentionPeriod, expected: { production: 35, staging: 35, develop: 7 },
  },
];

/** The changes of an environment as `requirement setting`. */
const changesOf = (of: Differences): string[] =>
  Object.entries(of).flatMap(([id, { database = {}, cache = {}, kubernetes = {}, ...others }]) => [
    ...Object.keys(others).map((setting) => `${id} ${setting}`),
    ...Object.entries({ database, cache, kubernetes }).flatMap(([part, change]) => Object.keys(change).map((setting) => `${id} ${part}.${setting}`)),
  ]);

describe('FinTech Global’s environments', () => {
  const platform = wholePlatform();

  for (const { id, what, of: [type, place], seen, expected } of table) {
    requirement(id, `differ in ${what}`, () => {
      for (const environment of environmentNames) {
        const found = platform(environment).resources(type).find((each) => each.place === place);
        expect(found && seen(found.resource.properties as Row), environment).to.deep.equal(expected[environment]);
      }
    });
  }

  requirement('FTG-10', 'differ in the number of NAT gateways', () => {
    for (const environment of environmentNames) {
      const places = platform(environment).resources('AWS::EC2::NatGateway').map(({ region }) => region);
      const each = environment === 'production' ? 3 : 1;
      expect(['us-east-1', 'ap-southeast-1'].map((region) => places.filter((other) => other === region).length), environment).to.deep.equal([each, each]);
    }
  });

  it('differ in nothing but the rows of this table, each for the reason that the row names', () => {
    const rows = (environment: EnvironmentName) => ['FTG-10 egressMode', ...table.filter(({ expected }) => JSON.stringify(expected[environment]) !== JSON.stringify(expected.production)).map(({ id, setting }) => `${id} ${setting}`)].sort();
    for (const environment of ['staging', 'develop'] as const) expect(changesOf(differences[environment]).sort(), environment).to.deep.equal(rows(environment));
    expect(changesOf(differences.production)).to.deep.equal([]);
  });

  const fileOf = (environment: EnvironmentName) => parse(readFileSync(join(checkout, 'parameters/fintech-global', `${environment}.yaml`), 'utf8')) as { readonly parameters: Readonly<Record<string, unknown>> };
  for (const environment of environmentNames) {
    it(`${environment} has a parameters file that gives what its templates ask for and nothing else`, () => {
      const asked = fintechGlobal.build(environment).deployments.flatMap((deployment) => Object.entries(deployment.parameters).filter(([, { from }]) => from === 'file').map(([name]) => name));
      expect(Object.keys(fileOf(environment).parameters).sort()).to.deep.equal([...new Set(asked)].sort());
    });
  }

  it('FTG-58 FTG-67 make budgets and monitor of the account in one of them only', () => {
    for (const environment of environmentNames) {
      const { CostGovernance, CreateAnomalyMonitor } = fileOf(environment).parameters;
      const expected = environment === 'production' ? 'create' : 'exists';
      expect([CostGovernance, CreateAnomalyMonitor], environment).to.deep.equal([expected, expected]);
    }
  });

  it('have short names of their own, so that names have room', () => {
    expect(environmentNames.map((environment) => environments[environment].short)).to.deep.equal(['prod', 'stg', 'dev']);
  });
});
