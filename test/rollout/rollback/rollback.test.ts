import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStackSetCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { MeridianError } from '../../../src/errors';
import { Build, type NodeResult, type RollbackPreview } from '../../../src/rollout';
import { planNodes } from '../../../src/rollout/nodes';
import { sha256 } from '../../../src/rollout/package';
import { artifactKeys } from '../../../src/rollout/rollback/artifacts';
import { templateMismatch } from '../../../src/rollout/rollback/verify';
import { ledger } from '../plan/ledger';
import { parameters, Rehearsal } from '../support/rehearsal';
import { account, primary, secondary } from '../support/shop';

describe('going back to the version before', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  beforeEach(async () => {
    rmSync(rehearsal.state, { recursive: true, force: true });
    await rehearsal.rollFresh();
  });

  const note = async (region = primary) => (await rehearsal.target.in(region).ssm.send(new GetParameterCommand({ Name: '/shop/main/note' }))).Parameter?.Value?.split(' ')[0];
  const outcomes = (nodes: readonly NodeResult[]) => nodes.map(({ node, outcome }) => [node.deployment, node.region, outcome].join(' '));
  const rollVersion = async (version: string): Promise<void> => {
    await rehearsal.build({ note: version });
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
    await rehearsal.control.resetCalls();
  };
  const refusal = async (attempt: Promise<unknown>): Promise<string> => {
    const error = await attempt.then(() => undefined, (reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 1);
    return (error as Error).message;
  };

  it('shows what that changes, brings back only what has changed, regions reversed, and does nothing when asked again', async () => {
    await rollVersion('second');
    let preview: RollbackPreview | undefined;
    const { exitCode, nodes, outputs } = await rehearsal.rollback({ confirm: (given) => Promise.resolve(void (preview = given)) });
    expect(preview?.plan.nodes.flatMap(({ node, resources }) => resources.map((change) => [node.deployment, node.region, change.action, ...change.path, change.logicalId].join(' ')))).to.deep.equal([
      `app ${secondary} change Work Note`,
      `app ${primary} change Work Note`,
    ]);
    expect(exitCode).to.equal(0);
    expect(outcomes(nodes)).to.deep.equal([`app ${primary} rolled-back`, `app ${secondary} rolled-back`]);
    expect([await note(primary), await note(secondary)]).to.deep.equal(['hello', 'hello']);
    expect(outputs['app']?.[primary]).to.deep.equal({ NoteName: '/shop/main/note', Suffix: 'main' });
    await rehearsal.control.resetCalls();
    expect(outcomes((await rehearsal.rollback()).nodes)).to.deep.equal([`app ${primary} unchanged`, `app ${secondary} unchanged`]);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('is not believed until the template of every stack has the hash of the old one', async () => {
    const part = { build: Build.open(rehearsal.dist, 'shop', 'test'), parameters };
    const node = planNodes([part], new Map([['meridian-shop-test-main-app', new Set([primary, secondary])]])).at(-1)!;
    const { StackSet } = await rehearsal.target.in(secondary).cloudFormation.send(new DescribeStackSetCommand({ StackSetName: node.stackSet }));
    expect(await templateMismatch(rehearsal.target, node, sha256(Buffer.from(StackSet?.TemplateBody ?? '')))).to.equal(undefined);
    expect(await templateMismatch(rehearsal.target, node, 'f'.repeat(64))).to.match(/^Stack arn:\S+ not at the earlier version: its template has the hash [0-9a-f]{8}, not ffffffff\. Run the same command again\.$/);
    expect(await templateMismatch(rehearsal.target, { ...node, region: 'eu-west-1' }, 'f'.repeat(64))).to.contain('gone: its StackSet has no instance there');
  });

  it('changes nothing when what it showed is not agreed to', async () => {
    await rollVersion('second');
    const confirm = () => Promise.reject(new MeridianError('Not agreed to.', 1));
    expect(await refusal(rehearsal.rollback({ confirm }))).to.equal('Not agreed to.');
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('goes back over several rollouts when asked to, and no further than the journal goes', async () => {
    for (const version of ['second', 'third', 'fourth']) await rollVersion(version);
    expect((await rehearsal.rollback({ to: 2 })).exitCode).to.equal(0);
    expect(await note()).to.equal('second');
    expect((await rehearsal.rollback({ to: 1 })).exitCode).to.equal(0);
    expect(await note(), 'one rollout back is before the fourth, wherever the system stands').to.equal('third');
    expect(await refusal(rehearsal.rollback({ to: 4 }))).to.match(/^Rollback of shop test refused: that rollout created what stands and changed nothing that stood before\./);
    expect(await refusal(rehearsal.rollback({ to: 9 }))).to.match(/fewer than 9 rollouts that changed anything\./);
  });

  it('counts a rollout that was stopped and gone on with as one', async () => {
    await rehearsal.build({ visibility: 60, note: 'second' });
    const stop = new AbortController();
    await rehearsal.rollout({ signal: stop.signal, onEvent: (event) => event.type === 'node-done' && event.outcome === 'done' && stop.abort() });
    await rehearsal.rollout();
    const { nodes } = await rehearsal.rollback();
    expect(outcomes(nodes)).to.deep.equal([`app ${primary} rolled-back`, `app ${secondary} rolled-back`, `base ${primary} rolled-back`, `base ${secondary} rolled-back`]);
  });

  it('refuses on a machine that has no journal, saying where it lives and what else can be done', async () => {
    const state = join(rehearsal.folder, 'elsewhere');
    expect(await refusal(rehearsal.rollback({ state }))).to.equal(
      `Rollback of shop test refused: there is no journal in ${join(state, 'local/shop/test/main')}, which tells what stood before. Run it on the machine, or with the folder, that the rollout left its journal in; ` +
        'or check out the commit that was rolled before and run "meridian rollout".',
    );
  });

  it('refuses when a nested template of the version before is gone from a bucket, naming it', async () => {
    const { StackSet } = await rehearsal.target.in(secondary).cloudFormation.send(new DescribeStackSetCommand({ StackSetName: 'meridian-shop-test-main-app' }));
    const [Key] = artifactKeys(StackSet?.TemplateBody ?? '');
    await rollVersion('second');
    const Bucket = `meridian-artifacts-${rehearsal.target.account}-${secondary}`;
    await rehearsal.target.in(secondary).s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await rehearsal.control.resetCalls();
    expect(await refusal(rehearsal.rollback())).to.equal(
      `Rollback of shop test refused: an artifact of the earlier version is missing.\n  ${Bucket}/${Key}\nNothing was changed. Restore them from the bucket's versions, or check out the commit that was rolled then and run "meridian rollout".`,
    );
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('refuses to replace what stores data until that is allowed by name, and so does the policy of a rollout', async () => {
    const options = { system: 'ledger', environment: 'test', parameters: { file: 'parameters/ledger/test.yaml', suffix: 'main', values: { Title: 'Ledger' } } };
    const buildLedger = (queue: string) => build({ dist: rehearsal.dist, systems: [account(), ledger({ queue })] });
    await buildLedger('entries');
    await rehearsal.rollout(options);
    await buildLedger('postings');
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Note', operation: 'UPDATE', reason: 'no capacity left', times: 1 });
    const { exitCode, message, rollback } = await rehearsal.rollout({ ...options, allowReplace: ['base/Store/Entries'], onFailure: 'rollback' });
    expect(exitCode).to.equal(3);
    expect(rollback?.exitCode, message).to.equal(0);
    expect((await rehearsal.rollout({ ...options, allowReplace: ['Entries'] })).exitCode).to.equal(0);
    expect(await refusal(rehearsal.rollback(options))).to.match(/^Rollback of ledger test refused: it replaces or removes what stores data\.\n {2}base\/Store\/Entries \(AWS::SQS::Queue\)/);
    expect((await rehearsal.rollback({ ...options, allowReplace: ['Entries'] })).exitCode).to.equal(0);
  });
});
