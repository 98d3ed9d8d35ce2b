import { expect } from 'chai';
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { RolloutResult } from '../../../src/rollout';
import { standingRoots } from '../../../src/rollout/standing-roots';
import { Rehearsal } from '../support/rehearsal';
import { primary, secondary } from '../support/shop';

describe('a rollout that goes back when it fails', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  beforeEach(() => rehearsal.rollFresh());

  const failIn = (region: string, logicalId: string, times?: number) =>
    rehearsal.control.addFault({ target: 'resource', kind: 'fail', region, logicalId, operation: 'UPDATE', reason: 'no capacity left', ...(times !== undefined && { times }) });
  const roll = () => rehearsal.rollout({ onFailure: 'rollback' });
  const outcomes = (nodes: RolloutResult['nodes']) => nodes.map(({ node, outcome }) => [node.deployment, node.region, outcome].join(' '));
  /** Root templates of all stacks of the system, by StackSet and region. */
  const templates = async () => {
    const roots = (await Promise.all(['base', 'app'].map((name) => standingRoots(rehearsal.target, secondary, `meridian-shop-test-main-${name}`)))).flat();
    return Promise.all(
      roots.map(async ({ stackSet, region, stackId }) => {
        const { TemplateBody } = await rehearsal.target.in(region).cloudFormation.send(new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' }));
        return [stackSet, region, TemplateBody];
      }),
    );
  };
  const note = async (region: string) => (await rehearsal.target.in(region).ssm.send(new GetParameterCommand({ Name: '/shop/main/note' }))).Parameter?.Value;

  it('brings every StackSet that it changed back, in the reverse order, and leaves the rest alone', async () => {
    const before = await templates();
    await rehearsal.build({ visibility: 60, note: 'changed' });
    await failIn(primary, 'Note', 1);
    const { exitCode, nodes, rollback, message } = await roll();
    expect(exitCode).to.equal(3);
    expect(outcomes(nodes)).to.deep.equal([
      `account ${primary} unchanged`,
      `base ${secondary} done`,
      `base ${primary} done`,
      `app ${secondary} done`,
      `app ${primary} failed`,
    ]);
    expect(rollback?.exitCode).to.equal(0);
    expect(outcomes(rollback?.nodes ?? [])).to.deep.equal([
      `app ${primary} rolled-back`,
      `app ${secondary} rolled-back`,
      `base ${primary} rolled-back`,
      `base ${secondary} rolled-back`,
    ]);
    expect(await templates()).to.deep.equal(before);
    expect(message).to.match(/^Rollout failed in shop app in us-east-1: Work ▸ Note .*no capacity left.* What the rollout had changed went back to the version before\. Correct the cause and run the same command again\.$/);
    expect(rehearsal.events.flatMap((event) => (event.type === 'node-start' && event.action === 'roll-back' ? [event.node.region] : []))).to.deep.equal([primary, secondary, primary, secondary]);
    await rehearsal.control.resetCalls();
    const again = await rehearsal.rollout();
    expect(again.exitCode).to.equal(0);
    expect(await note(primary)).to.match(/^changed/);
  });

  it('lets the stacks read a wire again whose value went back', async () => {
    await rehearsal.build({ label: 'second', note: 'changed' });
    await failIn(primary, 'Note', 1);
    const { rollback } = await roll();
    expect(rollback?.exitCode).to.equal(0);
    expect(await Promise.all([secondary, primary].map(note))).to.deep.equal(await Promise.all([secondary, primary].map(async (region) => `hello world first ${(await note(region))?.split(' ')[3]}`)));
  });

  it('stops where going back fails too, names both failures, and "meridian rollback" goes on from there', async () => {
    const before = await templates();
    await rehearsal.build({ visibility: 60, note: 'changed' });
    await failIn(primary, 'Note', 1);
    const rolling = roll();
    await rehearsal.event('rollback');
    await failIn(secondary, 'Orders');
    const { exitCode, rollback: back, message } = await rolling;
    expect(exitCode).to.equal(3);
    expect(outcomes(back?.nodes ?? [])).to.deep.equal([`app ${primary} rolled-back`, `app ${secondary} rolled-back`, `base ${primary} rolled-back`, `base ${secondary} failed`]);
    expect(message).to.match(/^Rollout failed in shop app in us-east-1: Work ▸ Note .* And going back failed too\. Rollback failed in shop base in ap-southeast-1: Store ▸ Orders .* then run "meridian rollback shop test" to go back\.$/);
    await rehearsal.control.removeFaults();
    const { exitCode: gone, nodes } = await rehearsal.rollback();
    expect(gone).to.equal(0);
    expect(outcomes(nodes)).to.deep.equal([`app ${primary} unchanged`, `app ${secondary} unchanged`, `base ${primary} unchanged`, `base ${secondary} rolled-back`]);
    expect(await templates()).to.deep.equal(before);
  });

  it('has nothing to bring back when it only created, and says what stays', async () => {
    await rehearsal.control.reset();
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Label', operation: 'CREATE', reason: 'no capacity left' });
    const { exitCode, rollback, message } = await roll();
    expect(exitCode).to.equal(3);
    expect(rollback?.nodes).to.deep.equal([]);
    expect(rollback?.left.map(({ deployment, region }) => `${deployment} ${region}`)).to.deep.equal([`account ${primary}`, `base ${secondary}`, `base ${primary}`]);
    expect(message).to.match(/Nothing went back: only created account account in us-east-1, shop base in ap-southeast-1, shop base in us-east-1, which stay as they are\. Correct the cause and run the same command again\.$/);
    await rehearsal.control.removeFaults();
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
  });
});
