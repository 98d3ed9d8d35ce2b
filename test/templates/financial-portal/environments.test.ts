import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../../../src/toolchain';
import { financialPortal } from '../../../templates/systems/financial-portal';
import { compute } from '../../../templates/systems/financial-portal/compute';
import { cost } from '../../../templates/systems/financial-portal/cost';
import { data } from '../../../templates/systems/financial-portal/data';
import { differences, environments } from '../../../templates/systems/financial-portal/environments';
import { network } from '../../../templates/systems/financial-portal/network';
import type { Differences } from '../../../templates/systems/financial-portal/settings';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, instanceOf, ofType, resolved, resourceOf, type EnvironmentName } from './built';
import { parameters } from './compute-instance';

const count = (resources: object): number => Object.keys(resources).length;
const inNetwork = (environment: EnvironmentName, type: string) => ofType(resolved(network, 'ap-southeast-1', environment), type);
const cluster = (environment: EnvironmentName) => ofType(resolved(data, 'ap-southeast-1', environment), 'AWS::RDS::DBCluster')['Cluster'];

/** A setting in which environments differ: who asks for it, and what the templates show of it in production and in the others. */
interface Row {
  readonly setting: string;
  readonly id: string;
  readonly what: string;
  readonly seen: (environment: EnvironmentName) => unknown;
  readonly expected: readonly [production: unknown, others: unknown];
}

const table: readonly Row[] = [
  { setting: 'database.minimumCapacity', id: 'FIN-04', what: 'the capacity of an idle database', seen: (e) => cluster(e).ServerlessV2ScalingConfiguration.MinCapacity, expected: [1, 0.5] },
  { setting: 'database.maximumCapacity', id: 'FIN-04', what: 'the capacity of a busy database', seen: (e) => cluster(e).ServerlessV2ScalingConfiguration.MaxCapacity, expected: [64, 8] },
  {
    setting: 'spot',
    id: 'FIN-12',
    what: 'the share of tasks on Spot',
    seen: (e) => plain(resourceOf(instanceOf(compute, e, 'ap-southeast-1', parameters), 'Api').properties['CapacityProviderStrategy']),
    expected: [
      [{ CapacityProvider: 'FARGATE', Base: 3, Weight: 1 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 3 }],
      [{ CapacityProvider: 'FARGATE', Base: 3, Weight: 1 }, { CapacityProvider: 'FARGATE_SPOT', Weight: 9 }],
    ],
  },
  { setting: 'database.instances', id: 'FIN-20', what: 'the database instances of a region', seen: (e) => Object.keys(ofType(resolved(data, 'ap-southeast-1', e), 'AWS::RDS::DBInstance')), expected: [['Instance1', 'Instance2', 'Instance3'], ['Instance1', 'Instance2']] },
  { setting: 'database.backupRetentionDays', id: 'FIN-21', what: 'the days of point-in-time recovery', seen: (e) => cluster(e).BackupRetentionPeriod, expected: [35, 7] },
  { setting: 'logRetentionDays', id: 'FIN-48', what: 'the days that logs stay', seen: (e) => inNetwork(e, 'AWS::Logs::LogGroup')['FlowLogGroup'].RetentionInDays, expected: [400, 14] },
  { setting: 'monthlyBudgetUsd', id: 'FIN-62', what: 'the budget of a month', seen: (e) => plain(ofType(resolved(cost, 'us-east-1', e), 'AWS::Budgets::Budget')['Budget'].Budget.BudgetLimit), expected: [{ Amount: 6000, Unit: 'USD' }, { Amount: 2000, Unit: 'USD' }] },
  { setting: 'natGateways', id: 'FIN-66', what: 'the NAT gateways of a region', seen: (e) => count(inNetwork(e, 'AWS::EC2::NatGateway')), expected: [3, 1] },
  { setting: 'interfaceEndpoints', id: 'FIN-66', what: 'the zones of an interface endpoint', seen: (e) => inNetwork(e, 'AWS::EC2::VPCEndpoint')['LogsEndpoint'].SubnetIds.length, expected: [3, 1] },
];

/** The changes of an environment as `requirement setting`. */
const changesOf = (of: Differences): (readonly [id: string, setting: string])[] =>
  Object.entries(of).flatMap(([id, { database = {}, ...others }]) => [...Object.keys(others), ...Object.keys(database).map((key) => `database.${key}`)].map((setting) => [id, setting] as const));

describe('The financial portal’s environments', () => {
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
      const file = parse(readFileSync(join(checkout, 'parameters/financial-portal', `${environment}.yaml`), 'utf8')) as { readonly parameters: object };
      const asked = financialPortal.build(environment).deployments.flatMap((deployment) => Object.entries(deployment.parameters).filter(([, { from }]) => from === 'file').map(([name]) => name));
      expect(Object.keys(file.parameters).sort()).to.deep.equal([...new Set(asked)].sort());
    });
  }

  it('have short names of their own, as the owner’s naming convention has them', () => {
    expect(environmentNames.map((environment) => environments[environment].short)).to.deep.equal(['prod', 'staging', 'dev']);
  });
});
