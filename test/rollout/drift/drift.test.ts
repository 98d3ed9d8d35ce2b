import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { detectDrift, revertDrift, type DriftReport } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import { primary, secondary } from '../support/shop';

const note = '/shop/main/note';

describe('drift', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  beforeEach(() => rehearsal.rollFresh());
  const detect = (region?: string): Promise<DriftReport> => detectDrift({ target: rehearsal.target, dist: rehearsal.dist, system: 'shop', environment: 'test', suffix: 'main', region });
  const ssm = (region: string) => rehearsal.target.in(region).ssm;
  const change = (region: string, value: string) => ssm(region).send(new PutParameterCommand({ Name: note, Value: value, Type: 'String', Overwrite: true }));
  const noteIn = async (region: string) => (await ssm(region).send(new GetParameterCommand({ Name: note }))).Parameter?.Value;

  it('is none right after a rollout, in all stacks of both regions, and looking changes nothing', async () => {
    const report = await detect();
    expect(report.drifted).to.deep.equal([]);
    expect(report.stacks).to.equal(8);
    expect(report.checked).to.be.greaterThan(8);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('is found in a nested stack of one region, with what it should be, what it is and who authored it', async () => {
    await change(secondary, 'by hand');
    const { drifted } = await detect();
    expect(drifted).to.have.length(1);
    expect(drifted[0]).to.deep.include({ node: { system: 'shop', environment: 'test', deployment: 'app', region: secondary }, path: ['Work'], logicalId: 'Note', type: 'AWS::SSM::Parameter', status: 'MODIFIED' });
    expect(drifted[0]?.differences.map(({ property, actual }) => [property, actual])).to.deep.equal([['/Value', 'by hand']]);
    expect(drifted[0]?.differences[0]?.expected).to.match(/^hello world first arn:/);
    expect(drifted[0]?.source?.at).to.match(/^test\/rollout\/support\/shop\.ts:\d+$/);
    expect((await detect(primary)).drifted).to.deep.equal([]);
  });

  it('is brought back in the stack that has it, a deleted resource too, and nothing else is touched', async () => {
    const before = await noteIn(primary);
    await change(primary, 'by hand');
    await ssm(secondary).send(new DeleteParameterCommand({ Name: note }));
    const { drifted } = await detect();
    expect(drifted.map(({ node, status }) => [node.region, status]).sort()).to.deep.equal([[secondary, 'DELETED'], [primary, 'MODIFIED']]);
    await rehearsal.control.resetCalls();
    const stacks = await revertDrift(rehearsal.target, drifted);
    expect(stacks).to.have.length(2);
    expect([await noteIn(primary), await noteIn(secondary)]).to.deep.equal([before, before]);
    expect((await rehearsal.mutations()).filter((call) => /^(CreateChangeSet|ExecuteChangeSet|Update|Delete)/.test(call)).sort()).to.deep.equal(
      ['CreateChangeSet', 'ExecuteChangeSet'].flatMap((action) => [secondary, primary].map((region) => `${action} ${region}`)),
    );
    expect((await detect()).drifted).to.deep.equal([]);
    expect((await rehearsal.rollout()).nodes.map(({ outcome }) => outcome)).to.deep.equal(Array(5).fill('unchanged'));
  });

  it('is not brought back when that would undo a failover, and the refusal names the resource', async () => {
    await change(primary, 'by hand');
    const { drifted } = await detect();
    await rehearsal.control.resetCalls();
    const error = await revertDrift(rehearsal.target, drifted.map((resource) => ({ ...resource, undoesFailover: true as const }))).then(() => undefined, (reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError);
    expect((error as MeridianError).exitCode).to.equal(1);
    expect((error as MeridianError).message).to.match(/^Drift not reverted: a failover gave Work ▸ Note in us-east-1 another role.* Nothing was changed\./);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('that somebody corrected meanwhile leaves nothing to revert, and says so', async () => {
    const before = await noteIn(primary);
    await change(primary, 'by hand');
    const { drifted } = await detect();
    await change(primary, before ?? '');
    const error = await revertDrift(rehearsal.target, drifted).then(() => undefined, (reason: unknown) => reason);
    expect((error as MeridianError).message).to.match(/^Drift of stack arn:.* not reverted: The submitted information didn't contain changes\./);
  });
});
