import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../../../src/toolchain';
import { lookcard } from '../../../templates/systems/lookcard';
import { differences, environments } from '../../../templates/systems/lookcard/environments';
import type { Differences } from '../../../templates/systems/lookcard/settings';
import { unread } from '../../requirements/recording';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import type { Whole } from '../whole-system';
import { environmentNames, type EnvironmentName } from './built';
import { shorts, type Row } from './everywhere';
import { wholePlatform } from './whole';

/** A setting in which environments differ: who asks for it, and what the templates show of it in each environment. */
interface Difference {
  readonly settings: readonly string[];
  readonly ids: string;
  readonly what: string;
  readonly seen: (whole: Whole) => unknown;
  readonly expected: Readonly<Record<EnvironmentName, unknown>>;
}

const primary = 'ap-southeast-1';

/** What a resource shows, by its type and where it stands in the primary region or in us-east-1. */
const of = (type: string, place: string, seen: (properties: Row) => unknown) => (whole: Whole): unknown => {
  const found = whole.resources(type).find((each) => each.place === place);
  return found && plain(seen(found.resource.properties as Row));
};

/** How many resources of a type there are in the primary region. */
const count = (type: string) => (whole: Whole): number => whole.resources(type).filter(({ region }) => region === primary).length;

/** The same in all environments that are kept cheap. */
const light = (production: unknown, staging: unknown, others: unknown): Difference['expected'] => ({ production, staging, testing: others, develop: others, sandbox: others });

/** The same in all environments but production. */
const elsewhere = (production: unknown, others: unknown): Difference['expected'] => light(production, others, others);

const cluster = (seen: (properties: Row) => unknown) => of('AWS::RDS::DBCluster', `platform ${primary} Data/Cluster`, seen);
const cache = (seen: (properties: Row) => unknown) => of('AWS::ElastiCache::ReplicationGroup', `platform ${primary} Data/Cache`, seen);
const scaling = (seen: (properties: Row) => unknown) => of('AWS::ApplicationAutoScaling::ScalableTarget', `core-application ${primary} AccountApi/ScalingTarget`, seen);
const cheapIds = 'LKC-06 LKC-09 LKC-10';
const sizeIds = 'LKC-06 LKC-07 LKC-08 LKC-09 LKC-10';

const table: readonly Difference[] = [
  { settings: ['pilotLight'], ids: 'LKC-02', what: 'whether the second region has a pilot light', seen: (whole) => whole.resources('AWS::RDS::DBCluster').map(({ region }) => region), expected: elsewhere([primary, 'us-east-1'], [primary]) },
  { settings: ['apex'], ids: 'LKC-11', what: 'who answers for the domain itself', seen: ({ manifest }) => unread(() => manifest.deployments.some(({ name }) => name === 'apex')), expected: elsewhere(true, false) },
  {
    settings: ['vpcCidrs'], ids: sizeIds, what: 'the range of their networks', seen: of('AWS::EC2::VPC', `foundation ${primary} Network/Vpc`, ({ CidrBlock }) => CidrBlock),
    expected: { production: '10.0.0.0/16', staging: '10.2.0.0/16', testing: '10.3.0.0/16', develop: '10.4.0.0/16', sandbox: '10.5.0.0/16' },
  },
  { settings: ['natGateways'], ids: `LKC-08 ${cheapIds}`, what: 'the number of NAT gateways', seen: count('AWS::EC2::NatGateway'), expected: light(3, 3, 1) },
  { settings: ['interfaceEndpoints'], ids: cheapIds, what: 'the zones of an interface endpoint', seen: of('AWS::EC2::VPCEndpoint', `foundation ${primary} Network/LogsEndpoint`, ({ SubnetIds }) => SubnetIds.length), expected: light(3, 3, 1) },
  { settings: ['capacity'], ids: `LKC-101 ${sizeIds}`, what: 'the tasks of a service, at least and at most', seen: scaling(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]), expected: light([2, 6], [1, 3], [1, 2]) },
  { settings: ['spot'], ids: `LKC-08 ${cheapIds}`, what: 'what their tasks run on', seen: of('AWS::ECS::Service', `core-application ${primary} AccountApi/Service`, ({ CapacityProviderStrategy }) => CapacityProviderStrategy.map((each: Row) => each['CapacityProvider'])), expected: light(['FARGATE'], ['FARGATE'], ['FARGATE_SPOT']) },
  { settings: ['containerInsights'], ids: `LKC-08 LKC-100 ${cheapIds}`, what: 'how closely tasks are watched', seen: of('AWS::ECS::Cluster', `platform ${primary} Clusters/CoreApplicationCluster`, ({ ClusterSettings }) => ClusterSettings), expected: light([{ Name: 'containerInsights', Value: 'enhanced' }], [{ Name: 'containerInsights', Value: 'enhanced' }], [{ Name: 'containerInsights', Value: 'disabled' }]) },
  { settings: ['database.instances'], ids: sizeIds, what: 'the instances of the database', seen: count('AWS::RDS::DBInstance'), expected: { production: 3, staging: 2, testing: 2, develop: 1, sandbox: 2 } },
  {
    settings: ['database.minimumCapacity', 'database.maximumCapacity'], ids: `LKC-101 LKC-104 ${cheapIds}`, what: 'the capacity of the database', seen: cluster(({ ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity } }) => [MinCapacity, MaxCapacity]),
    expected: { production: [0.5, 8], staging: [0.5, 8], testing: [0.5, 2], develop: [0, 2], sandbox: [0.5, 2] },
  },
  { settings: ['database.backupRetentionDays'], ids: 'LKC-08 LKC-72', what: 'the days of point-in-time recovery', seen: cluster(({ BackupRetentionPeriod }) => BackupRetentionPeriod), expected: elsewhere(35, 7) },
  { settings: ['cache.nodeType'], ids: cheapIds, what: 'the size of the cache', seen: cache(({ CacheNodeType }) => CacheNodeType), expected: light('cache.t4g.medium', 'cache.t4g.medium', 'cache.t4g.micro') },
  { settings: ['cache.replicas'], ids: `LKC-73 ${sizeIds}`, what: 'the copies of the cache', seen: cache(({ ReplicasPerNodeGroup, MultiAZEnabled }) => [ReplicasPerNodeGroup ?? 0, MultiAZEnabled]), expected: light([2, true], [1, true], [0, false]) },
  { settings: ['cache.snapshotRetentionDays'], ids: cheapIds, what: 'the days that the cache’s snapshots are kept', seen: cache(({ SnapshotRetentionLimit }) => SnapshotRetentionLimit), expected: light(7, 7, 1) },
  {
    settings: ['night'], ids: 'LKC-104', what: 'when they sleep', seen: scaling(({ ScheduledActions = [] }) => ScheduledActions.map(({ Schedule, Timezone, ScalableTargetAction }: Row) => [Schedule, Timezone, ScalableTargetAction.MaxCapacity])),
    expected: { ...elsewhere([], []), develop: [['cron(0 20 ? * MON-FRI *)', 'Asia/Singapore', 0], ['cron(0 8 ? * MON-FRI *)', 'Asia/Singapore', 2]] },
  },
  { settings: ['protected'], ids: 'LKC-08', what: 'whether the database refuses to be deleted', seen: cluster(({ DeletionProtection }) => DeletionProtection), expected: elsewhere(true, false) },
  { settings: ['backups'], ids: 'LKC-08 LKC-97', what: 'whether backups are copied to another region', seen: count('AWS::Backup::BackupPlan'), expected: elsewhere(1, 0) },
  { settings: ['logRetentionDays'], ids: sizeIds, what: 'the days that logs stay at hand', seen: of('AWS::Logs::LogGroup', `core-application ${primary} AccountApi/Log`, ({ RetentionInDays }) => RetentionInDays), expected: elsewhere(400, 14) },
  { settings: ['monthlyBudgetUsd'], ids: sizeIds, what: 'what a month may cost', seen: of('AWS::Budgets::Budget', 'edge us-east-1 Cost/Budget', ({ Budget: { BudgetLimit } }) => BudgetLimit), expected: light({ Amount: 6000, Unit: 'USD' }, { Amount: 4000, Unit: 'USD' }, { Amount: 1500, Unit: 'USD' }) },
];

/** The settings that an environment's changes touch. */
const changedBy = (of: Differences): string[] =>
  Object.values(of).flatMap(({ database = {}, cache: cacheChange = {}, ...others }) => [
    ...Object.keys(others),
    ...Object.entries({ database, cache: cacheChange }).flatMap(([part, change]) => Object.keys(change).map((setting) => `${part}.${setting}`)),
  ]);

/** Whether two environments' settings at a path are the same. */
const valueAt = (environment: EnvironmentName, path: string): string | undefined => JSON.stringify(path.split('.').reduce<any>((value, key) => value?.[key], environments[environment].settings));

describe('LookCard’s environments', () => {
  const platform = wholePlatform();

  for (const { ids, what, seen, expected } of table) {
    requirement(ids, `differ in ${what}`, () => {
      for (const environment of environmentNames) expect(seen(platform(environment)), environment).to.deep.equal(expected[environment]);
    });
  }

  it('LKC-101 differ in nothing but the rows of this table', () => {
    const rows = table.flatMap(({ settings }) => settings);
    for (const environment of environmentNames) {
      const changes = changedBy(differences[environment]);
      expect(rows, environment).to.include.members(changes);
      expect(new Set(changes).size, `${environment} changes a setting twice`).to.equal(changes.length);
      expect(changes.filter((setting) => valueAt(environment, setting) === valueAt('production', setting)), `${environment} changes nothing`).to.deep.equal([]);
    }
    expect(rows.filter((setting) => environmentNames.every((environment) => valueAt(environment, setting) === valueAt('production', setting)))).to.deep.equal([]);
    expect(differences.production).to.deep.equal({});
  });

  it('LKC-06 LKC-07 LKC-09 LKC-10 are made from production’s settings by the requirement that asks for each, and by decisions', () => {
    const because = { develop: 'LKC-06', staging: 'LKC-07', testing: 'LKC-09', sandbox: 'LKC-10' } as const;
    for (const [environment, id] of Object.entries(because)) expect(Object.keys(differences[environment as keyof typeof because]), environment).to.include(id);
  });

  const fileOf = (environment: EnvironmentName) => parse(readFileSync(join(checkout, 'parameters/lookcard', `${environment}.yaml`), 'utf8')) as { readonly parameters: Readonly<Record<string, unknown>> };
  /** What git tells, and what has a value of its own. */
  const told = ['GitBranch', 'GitCommit'];
  for (const environment of environmentNames) {
    it(`LKC-13 ${environment} has a parameters file that gives what its templates ask for and nothing else`, () => {
      const { deployments } = lookcard.build(environment);
      const asked = deployments.flatMap((deployment) => [...(deployment.account ? [deployment.account] : []), ...Object.entries(deployment.parameters).filter(([, { from }]) => from === 'file').map(([name]) => name)]);
      expect(Object.keys(fileOf(environment).parameters).sort()).to.deep.equal([...new Set(asked)].filter((name) => !told.includes(name)).sort());
    });
  }

  it('LKC-03 are the five that branches are named after, each with a short name of its own, so that names have room', () => {
    expect([...lookcard.environments].sort()).to.deep.equal(['develop', 'production', 'sandbox', 'staging', 'testing']);
    expect(lookcard.branches).to.equal(true);
    expect(environmentNames.map((environment) => environments[environment].short)).to.deep.equal(environmentNames.map((environment) => shorts[environment]));
  });
});
