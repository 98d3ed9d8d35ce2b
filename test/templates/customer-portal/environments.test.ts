import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../../../src/toolchain';
import { customerPortal } from '../../../templates/systems/customer-portal';
import { archive } from '../../../templates/systems/customer-portal/archive';
import { compute } from '../../../templates/systems/customer-portal/compute';
import { cost } from '../../../templates/systems/customer-portal/cost';
import { differences, environments } from '../../../templates/systems/customer-portal/environments';
import { network } from '../../../templates/systems/customer-portal/network';
import type { Differences } from '../../../templates/systems/customer-portal/settings';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { plain } from '../plain';
import { environmentNames, instanceOf, ofType, resolved, resourceOf, type EnvironmentName } from './built';
import { parameters } from './compute-instance';
import { dataIn } from './data-stack';

type Properties = Readonly<Record<string, any>>;

const inNetwork = (environment: EnvironmentName, type: string) => ofType(resolved(network, 'us-east-1', environment), type);
const cluster = (environment: EnvironmentName): Properties => ofType(dataIn('us-east-1', environment), 'AWS::RDS::DBCluster')['Cluster'];
const strategy = (environment: EnvironmentName, service: string) => plain(resourceOf(instanceOf(compute, environment, 'us-east-1', parameters), service).properties['CapacityProviderStrategy']);
const expiry = (environment: EnvironmentName): readonly number[] => {
  const { LifecycleConfiguration } = ofType(resolved(archive, 'us-east-1', environment), 'AWS::S3::Bucket')['Logs'] as Properties;
  return chosen(LifecycleConfiguration.Rules as readonly Properties[], ({ Id }) => Id === 'expire').map(({ ExpirationInDays }) => ExpirationInDays as number);
};

/** A setting in which environments differ: who asks for it, and what the templates show of it in production and in the others. */
interface Row {
  readonly setting: string;
  readonly id: string;
  readonly what: string;
  readonly seen: (environment: EnvironmentName) => unknown;
  readonly expected: readonly [production: unknown, others: unknown];
}

const spot = [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }];

const table: readonly Row[] = [
  { setting: 'interfaceEndpoints', id: 'CUS-14', what: 'the zones of an interface endpoint', seen: (e) => inNetwork(e, 'AWS::EC2::VPCEndpoint')['LogsEndpoint'].SubnetIds.length, expected: [3, 1] },
  { setting: 'services.frontend.onDemandTasks', id: 'CUS-18', what: 'the frontend’s share of tasks on Spot', seen: (e) => strategy(e, 'Frontend'), expected: [[{ CapacityProvider: 'FARGATE', Base: 2, Weight: 1 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 9 }], spot] },
  { setting: 'services.backend.onDemandTasks', id: 'CUS-18', what: 'the backend’s share of tasks on Spot', seen: (e) => strategy(e, 'Backend'), expected: [[{ CapacityProvider: 'FARGATE', Base: 3, Weight: 1 }], spot] },
  { setting: 'database.maximumCapacity', id: 'CUS-33', what: 'the capacity of a busy database', seen: (e) => cluster(e)['ServerlessV2ScalingConfiguration'].MaxCapacity, expected: [16, 4] },
  { setting: 'database.backupRetentionDays', id: 'CUS-33', what: 'the days of point-in-time recovery', seen: (e) => cluster(e)['BackupRetentionPeriod'], expected: [14, 7] },
  { setting: 'logRetentionDays', id: 'CUS-60', what: 'the days that logs stay at hand', seen: (e) => inNetwork(e, 'AWS::Logs::LogGroup')['FlowLogGroup'].RetentionInDays, expected: [14, 7] },
  { setting: 'logArchiveDays', id: 'CUS-60', what: 'the days that logs stay for the auditors', seen: expiry, expected: [[400], [30]] },
  { setting: 'monthlyBudgetUsd', id: 'CUS-69', what: 'the budget of a month', seen: (e) => plain(ofType(resolved(cost, 'us-east-1', e), 'AWS::Budgets::Budget')['Budget'].Budget.BudgetLimit), expected: [{ Amount: 4000, Unit: 'USD' }, { Amount: 1500, Unit: 'USD' }] },
];

/** The changes of an environment as `requirement setting`. */
const changesOf = (of: Differences): (readonly [id: string, setting: string])[] =>
  Object.entries(of).flatMap(([id, { database = {}, services = {}, ...others }]) => [
    ...Object.keys(others).map((setting) => [id, setting] as const),
    ...Object.keys(database).map((setting) => [id, `database.${setting}`] as const),
    ...Object.entries(services).flatMap(([service, change]) => Object.keys(change).map((setting) => [id, `services.${service}.${setting}`] as const)),
  ]);

describe('The customer portal’s environments', () => {
  for (const { id, what, seen, expected } of table) {
    requirement(id, `differ in ${what}`, () => {
      for (const environment of environmentNames) expect(seen(environment), environment).to.deep.equal(expected[environment === 'production' ? 0 : 1]);
    });
  }

  it('differ in nothing but the rows of this table, each for the reason that the row names', () => {
    const rows = table.map(({ id, setting }) => `${id} ${setting}`).sort();
    for (const environment of ['staging', 'develop'] as const) expect(changesOf(differences[environment]).map((change) => change.join(' ')).sort(), environment).to.deep.equal(rows);
    expect(changesOf(differences.production)).to.deep.equal([]);
  });

  for (const environment of environmentNames) {
    it(`${environment} has a parameters file that gives what its templates ask for and nothing else`, () => {
      const file = parse(readFileSync(join(checkout, 'parameters/customer-portal', `${environment}.yaml`), 'utf8')) as { readonly parameters: object };
      const asked = customerPortal.build(environment).deployments.flatMap((deployment) => Object.entries(deployment.parameters).filter(([, { from }]) => from === 'file').map(([name]) => name));
      expect(Object.keys(file.parameters).sort()).to.deep.equal([...new Set(asked)].sort());
    });
  }

  it('have short names of their own, so that names have room', () => {
    expect(environmentNames.map((environment) => environments[environment].short)).to.deep.equal(['prod', 'stg', 'dev']);
  });
});
