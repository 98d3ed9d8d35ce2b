import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStacksCommand, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { breakGlass, openTarget, planBreakGlass, type BreakGlassRunOptions } from '../../../src/rollout';
import { parameters, Rehearsal } from '../support/rehearsal';
import { primary, secondary } from '../support/shop';

const home = secondary;
const app = 'meridian-shop-test-main-app';

describe('break-glass, while the home region of the StackSets is down', function () {
  this.timeout(60_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  beforeEach(() => rehearsal.rollFresh());
  after(() => rehearsal.stop());

  const options = (more: Partial<BreakGlassRunOptions> = {}): BreakGlassRunOptions => ({ target: rehearsal.target, dist: rehearsal.dist, state: rehearsal.state, system: 'shop', environment: 'test', parameters, region: primary, ...more });
  const takeHomeDown = () => rehearsal.control.addFault({ target: 'api', kind: 'error', region: home });
  const note = async (region: string) => (await rehearsal.target.in(region).ssm.send(new GetParameterCommand({ Name: '/shop/main/note' }))).Parameter?.Value;
  const callsHome = async () => (await rehearsal.control.calls()).filter(({ region }) => region === home);
  const instances = async () => {
    const { Summaries = [] } = await rehearsal.target.in(home).cloudFormation.send(new ListStackInstancesCommand({ StackSetName: app }));
    return Summaries.map(({ Region, Status }) => `${Region} ${Status}`).sort();
  };
  const refusal = async (attempt: Promise<unknown>): Promise<MeridianError> => {
    const error = await attempt.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof MeridianError)) throw new Error(`No refusal but ${String(error)}`);
    return error;
  };

  it('takes over the stacks of the instances in the other region, changes only what differs, and never calls the home region', async () => {
    await rehearsal.build({ note: 'changed' });
    await takeHomeDown();
    const intents = await planBreakGlass(options());
    expect(intents.map(({ node, action, stackName }) => [node.deployment, action, stackName.replace(/[0-9a-f-]{36}$/, '…')].join(' '))).to.deep.equal(['base take-over StackSet-meridian-shop-test-main-base-…', `app take-over StackSet-${app}-…`]);
    const { exitCode, nodes } = await breakGlass(options());
    expect(exitCode).to.equal(0);
    expect(nodes.map(({ node, action, outcome, because }) => [node.deployment, node.region, action, outcome, ...because].join(' '))).to.deep.equal([`base ${primary} none unchanged`, `app ${primary} update done template`]);
    expect(await note(primary)).to.match(/^changed world/);
    expect(await callsHome()).to.deep.equal([]);
    expect((await rehearsal.mutations()).filter((call) => !call.startsWith('PUT'))).to.deep.equal([`UpdateStack ${primary}`]);
    await rehearsal.control.resetCalls();
    expect((await breakGlass(options())).nodes.map(({ outcome }) => outcome), 'and nothing the second time').to.deep.equal(['unchanged', 'unchanged']);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('is brought back under the StackSets by the next rollout', async () => {
    await rehearsal.build({ note: 'changed' });
    await takeHomeDown();
    await breakGlass(options());
    await rehearsal.control.removeFaults();
    const { exitCode, nodes } = await rehearsal.rollout();
    expect(exitCode).to.equal(0);
    expect(nodes.slice(-2).map(({ node, outcome, because }) => [node.region, outcome, ...because].join(' '))).to.deep.equal([`${secondary} done template`, `${primary} done outdated`]);
    expect(await instances()).to.deep.equal([`${secondary} CURRENT`, `${primary} CURRENT`]);
    await rehearsal.control.resetCalls();
    await rehearsal.rollout();
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('is undone by a rollout of what stood before, although the StackSet believes that it still stands', async () => {
    await rehearsal.build({ note: 'changed' });
    await takeHomeDown();
    await breakGlass(options());
    await rehearsal.control.removeFaults();
    await rehearsal.build();
    const { nodes } = await rehearsal.rollout();
    expect(nodes.slice(-2).map(({ node, outcome, because }) => [node.region, outcome, ...because].join(' '))).to.deep.equal([`${secondary} unchanged`, `${primary} done template changed past the StackSet`]);
    expect(await note(primary)).to.match(/^hello world/);
  });

  it('makes plain stacks where none stand, which a rollout then refuses to roll over', async () => {
    await rehearsal.control.reset();
    await takeHomeDown();
    const { exitCode, nodes } = await breakGlass(options());
    expect(exitCode).to.equal(0);
    expect(nodes.map(({ action, outcome }) => `${action} ${outcome}`)).to.deep.equal(['create done', 'create done']);
    expect(await note(primary)).to.equal(`hello world first arn:aws:sqs:${primary}:${rehearsal.target.account}:shop-orders-tst-main`);
    const { Stacks = [] } = await rehearsal.target.in(primary).cloudFormation.send(new DescribeStacksCommand({ StackName: `StackSet-${app}-break-glass` }));
    expect(Stacks[0]?.StackStatus).to.equal('CREATE_COMPLETE');
    expect((await planBreakGlass(options())).map(({ action }) => action)).to.deep.equal(['take-over', 'take-over']);
    await rehearsal.control.removeFaults();
    const { message } = await refusal(rehearsal.rollout());
    expect(message).to.match(/^Rollout of shop test refused: 2 problems\./).and.contain(`Stack StackSet-${app}-break-glass in ${primary} was made by break-glass and holds what app would make there again.`);
  });

  it('names the first failed resource and stops there', async () => {
    await rehearsal.build({ visibility: 60, note: 'changed' });
    await takeHomeDown();
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Orders', operation: 'UPDATE', reason: 'no capacity left' });
    const { exitCode, nodes, message } = await breakGlass(options());
    expect(exitCode).to.equal(3);
    expect(nodes.map(({ node, outcome }) => `${node.deployment} ${outcome}`)).to.deep.equal(['base failed']);
    expect(nodes[0]?.rootCause).to.deep.include({ path: ['Store'], logicalId: 'Orders' });
    expect(message).to.match(new RegExp(`^Break-glass failed in shop base in ${primary}: Store ▸ Orders .*no capacity left`));
  });

  it('writes a journal of its own, with the version before', async () => {
    const folder = join(rehearsal.state, 'local', 'shop', 'test', 'main', 'break-glass');
    rmSync(folder, { recursive: true, force: true });
    await rehearsal.build({ note: 'changed' });
    await takeHomeDown();
    await breakGlass(options());
    const lines = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
    expect(lines.map(({ event }) => event)).to.deep.equal(['start', 'call', 'outcome', 'end']);
    expect(lines[1]).to.include({ node: `shop/test/app@${primary}`, call: 'UpdateStack', region: primary });
    expect(JSON.parse(readFileSync(join(folder, lines[1].previous.template), 'utf8'))).to.have.nested.property('Resources.Work');
  });

  it('refuses the home region itself, a region without the system, and an account that is not listed', async () => {
    expect((await refusal(planBreakGlass(options({ region: home })))).message).to.match(new RegExp(`^Region ${home} is the home of the StackSets of shop test:`));
    expect((await refusal(planBreakGlass(options({ region: 'eu-west-1' })))).message).to.equal(`Region eu-west-1 has nothing of shop test: it stands in ${home}, ${primary}. Give one of these as --region.`);
    expect((await refusal(planBreakGlass(options({ parameters: { ...parameters, accounts: ['222222222222'] } })))).message).to.contain('Account 111111111111 not listed in parameters/shop/test.yaml. Give one of 222222222222 as --account');
  });

  it('asks in its own region who it is', async () => {
    const target = await openTarget({ kind: 'local', endpoint: rehearsal.endpoint }, 'eu-west-1');
    target.close();
    expect((await rehearsal.control.calls()).map(({ action, region }) => `${action} ${region}`)).to.deep.equal(['GetCallerIdentity eu-west-1']);
  });
});
