import { FailoverGlobalClusterCommand, PromoteReadReplicaCommand, RDSClient, SwitchoverGlobalClusterCommand } from '@aws-sdk/client-rds';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { MeridianError } from '../../../src/errors';
import { destroy, plan, rollout } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import { account, primary, secondary } from '../support/shop';
import { names, vault } from './vault';

const refused = async (attempt: Promise<unknown>): Promise<MeridianError> => {
  const error = await attempt.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof MeridianError)) throw new Error(`No refusal but ${String(error)}`);
  return error;
};

describe('after a failover', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  const options = () => ({
    target: rehearsal.target, dist: rehearsal.dist, state: rehearsal.state, system: 'vault', environment: 'test', parameters: { file: 'parameters/vault/test.yaml', suffix: 'main', values: {} },
  });
  const rds = async <T>(region: string, work: (client: RDSClient) => Promise<T>): Promise<T> => {
    const client = new RDSClient(rehearsal.target.clientConfig(region));
    return work(client).finally(() => client.destroy());
  };

  beforeEach(async () => {
    await rehearsal.control.reset();
    await build({ dist: rehearsal.dist, systems: [account(), vault()] });
    for (const region of [primary, secondary]) await rehearsal.target.in(region).ssm.send(new PutParameterCommand({ Name: '/vault/test-password', Type: 'String', Value: 'only-in-this-test' }));
    const { exitCode, message } = await rollout(options());
    expect(exitCode, message).to.equal(0);
    await build({ dist: rehearsal.dist, systems: [account(), vault('second')] });
    await rehearsal.control.resetCalls();
  });

  for (const { what, database, failOver } of [
    {
      what: 'a global database whose writer is in the other region',
      database: names.global,
      failOver: (client: RDSClient) => client.send(new FailoverGlobalClusterCommand({ GlobalClusterIdentifier: names.global, TargetDbClusterIdentifier: `arn:aws:rds:${secondary}:${rehearsal.target.account}:cluster:${names.cluster}-${secondary}`, AllowDataLoss: true })),
    },
    { what: 'a read replica that was promoted', database: names.standby, failOver: (client: RDSClient) => client.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: names.standby })) },
  ]) {
    it(`refuses to plan and to roll over ${what}, says what to do, and changes nothing`, async () => {
      await rds(secondary, (client): Promise<unknown> => failOver(client));
      await rehearsal.control.resetCalls();
      for (const attempt of [() => plan(options()), () => rollout(options())]) {
        const { exitCode, message } = await refused(attempt());
        expect(exitCode).to.equal(1);
        expect(message).to.contain(`Database ${database} of vault test has failed over: its writer is in ${secondary}, and the definition has it in ${primary}.`);
        expect(message).to.contain('Fail back first (docs/rollout.md)');
        expect(message).to.contain('refused: one problem.');
      }
      expect(await rehearsal.mutations()).to.deep.equal([]);
    });
  }

  it('refuses to destroy a global database whose writer would go first, and destroys it once the writer is at home', async () => {
    const switchTo = (region: string) => rds(region, (client) => client.send(new SwitchoverGlobalClusterCommand({ GlobalClusterIdentifier: names.global, TargetDbClusterIdentifier: `arn:aws:rds:${region}:${rehearsal.target.account}:cluster:${names.cluster}-${region}` })));
    await switchTo(secondary);
    await rehearsal.control.resetCalls();
    const { exitCode, message } = await refused(destroy(options()));
    expect(exitCode).to.equal(1);
    expect(message).to.contain(`Database ${names.global} of vault test has failed over: its writer is in ${secondary}, and the definition has it in ${primary}. That region goes first`);
    expect(await rehearsal.mutations()).to.deep.equal([]);
    await switchTo(primary);
    const destroyed = await destroy(options());
    expect(destroyed.exitCode, destroyed.message).to.equal(0);
  });

  it('destroys a promoted replica, which stands alone', async () => {
    await rds(secondary, (client) => client.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: names.standby })));
    const { exitCode, message } = await destroy(options());
    expect(exitCode, message).to.equal(0);
  });

  it('is all there is to refuse: with the writer at home the same rollout goes on', async () => {
    expect((await plan(options())).nodes.map(({ action }) => action)).to.include('update');
    expect((await rollout(options())).exitCode).to.equal(0);
  });
});
