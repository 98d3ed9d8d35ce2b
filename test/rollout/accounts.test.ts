import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListStackInstancesCommand, ListStackSetsCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { MeridianError } from '../../src/errors';
import { plan, planDestroy, status, type DeployParameters, type NodeResult, type RolloutOptions, type RolloutResult } from '../../src/rollout';
import { runningOperation } from '../../src/rollout/operation';
import { Mortal, MortalScript } from './journal/support/mortal';
import { parameters, Rehearsal } from './support/rehearsal';
import { primary, secondary, type ShopSettings } from './support/shop';

const five = ['111111111111', '222222222222', '333333333333', '444444444444', '555555555555'];
const sixth = '666666666666';
const app = 'meridian-shop-test-main-app';

describe('a system in many accounts', function () {
  this.timeout(60_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  beforeEach(() => rehearsal.control.reset());
  after(() => rehearsal.stop());

  const build = (settings: Partial<ShopSettings> = {}) => rehearsal.build({ queueOf: 'own', ...settings });
  const listing = (accounts: readonly string[], wave: Pick<DeployParameters, 'concurrency' | 'tolerance'> = {}): Pick<RolloutOptions, 'parameters' | 'sharedParameters'> => ({
    parameters: { ...parameters, accounts, ...wave },
    sharedParameters: { file: 'parameters/account/shared.yaml', suffix: 'main', values: {}, accounts, concurrency: accounts.length },
  });
  const roll = (accounts: readonly string[] = five, wave: Pick<DeployParameters, 'concurrency' | 'tolerance'> = { concurrency: 5 }) => rehearsal.rollout(listing(accounts, wave));
  const rollFresh = async (): Promise<RolloutResult> => {
    await build();
    const result = await roll();
    expect(result.message).to.equal(undefined);
    await rehearsal.control.resetCalls();
    return result;
  };
  const note = async (account: string, region: string) => (await rehearsal.target.of(account).in(region).ssm.send(new GetParameterCommand({ Name: '/shop/main/note' }))).Parameter?.Value;
  const told = ({ node, outcome, accounts = [] }: NodeResult) => `${node.deployment} ${node.region} ${outcome}: ${accounts.map((each) => `${each.account[0]} ${each.outcome}`).join(', ')}`;
  const all = (outcome: string, accounts = five) => accounts.map((account) => `${account[0]} ${outcome}`).join(', ');
  const operations = async () => (await rehearsal.mutations()).filter((call) => /StackSet|StackInstances/.test(call)).map((call) => call.split(' ')[0]);
  const refusal = async (attempt: Promise<unknown>): Promise<string> => {
    const error = await attempt.then(() => undefined, (reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 1);
    return (error as Error).message;
  };

  it('stands in each account and region after one operation a wave, each account with its own wires and outputs', async () => {
    const result = await rollFresh();
    expect(result.nodes.map(told)).to.deep.equal([
      `account ${primary} done: ${all('done')}`,
      `base ${secondary} done: ${all('done')}`,
      `base ${primary} done: ${all('done')}`,
      `app ${primary} done: ${all('done')}`,
      `app ${secondary} done: ${all('done')}`,
    ]);
    for (const account of five) expect(await note(account, secondary)).to.equal(`hello world first arn:aws:sqs:${secondary}:${account}:shop-orders-tst-main`);
    const file = (account: string) => (account === rehearsal.target.account ? result.outputsFile : join(result.outputsFile, '..', 'accounts', account, 'outputs.json'));
    for (const account of five) expect(JSON.parse(readFileSync(file(account), 'utf8')).base[primary].QueueArn).to.contain(`:${account}:`);
    const { Summaries = [] } = await rehearsal.target.in(secondary).cloudFormation.send(new ListStackInstancesCommand({ StackSetName: app }));
    expect(Summaries).to.have.length(10);
  });

  it('tells the account of each stack and resource', async () => {
    await rollFresh();
    const accounts = rehearsal.events.flatMap((event) => (event.type === 'resource' && event.logicalId === 'Note' && event.status === 'CREATE_COMPLETE' ? [event.account] : []));
    expect(accounts.sort()).to.deep.equal([...five, ...five].sort());
  });

  it('makes no call that changes anything when nothing has changed, and one operation a region when a property has', async () => {
    await rollFresh();
    expect((await roll()).nodes.map(({ outcome }) => outcome)).to.deep.equal(Array(5).fill('unchanged'));
    expect(await rehearsal.mutations()).to.deep.equal([]);
    await build({ note: 'changed' });
    const { nodes } = await roll();
    expect(nodes.slice(-2).map(told)).to.deep.equal([`app ${secondary} done: ${all('done')}`, `app ${primary} done: ${all('done')}`]);
    expect(await operations()).to.deep.equal(['UpdateStackSet', 'UpdateStackInstances']);
    for (const account of five) expect(await note(account, primary)).to.match(/^changed world/);
  });

  const failThird = () => rehearsal.control.addFault({ target: 'resource', kind: 'fail', account: '333333333333', region: secondary, logicalId: 'Note', operation: 'UPDATE', reason: 'no capacity left' });

  it('stops at the first account that fails, names account, region and cause, and begins in no later one', async () => {
    await rollFresh();
    await build({ note: 'changed' });
    await failThird();
    const { exitCode, nodes, message } = await roll(five, {});
    expect(exitCode).to.equal(3);
    expect(nodes.slice(-2).map(told)).to.deep.equal([`app ${secondary} failed: 1 done, 2 done, 3 failed, 4 cancelled, 5 cancelled`, `app ${primary} not-started: `]);
    expect(message).to.match(new RegExp(`^Rollout failed in shop app in ${secondary}: account 333333333333: Work ▸ Note \\(AWS::SSM::Parameter\\): .*no capacity left`));
    const failed = nodes.at(-2)?.accounts?.[2];
    expect(failed?.rootCause).to.deep.include({ path: ['Work'], logicalId: 'Note', status: 'UPDATE_FAILED' });
    expect(failed?.stackId).to.contain(`:${secondary}:333333333333:stack/StackSet-${app}-`);

    await rehearsal.control.removeFaults();
    await rehearsal.control.resetCalls();
    const again = await roll(five, {});
    expect(again.exitCode).to.equal(0);
    expect(again.nodes.slice(-2).map(told), 'and goes on with those that are behind').to.deep.equal([
      `app ${secondary} done: 1 unchanged, 2 unchanged, 3 done, 4 done, 5 done`,
      `app ${primary} done: ${all('done')}`,
    ]);
  });

  it('goes on without an account that failed when as many may, and says so at the end', async () => {
    await build();
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', account: '333333333333', region: primary, logicalId: 'Orders', operation: 'CREATE', reason: 'no capacity left' });
    const { exitCode, nodes, message } = await roll(five, { tolerance: 1 });
    expect(exitCode).to.equal(3);
    expect(nodes.slice(1).map(told)).to.deep.equal([
      `base ${secondary} done: ${all('done')}`,
      `base ${primary} done: 1 done, 2 done, 3 failed, 4 done, 5 done`,
      `app ${primary} done: 1 done, 2 done, 4 done, 5 done, 3 left-out`,
      `app ${secondary} done: 1 done, 2 done, 4 done, 5 done, 3 left-out`,
    ]);
    expect(message).to.match(new RegExp(`^Rolled, but not everywhere: account 333333333333 in shop base in ${primary}: Store ▸ Orders .*no capacity left.*Later deployments left that account out`));
    await rehearsal.control.removeFaults();
    await rehearsal.control.resetCalls();
    const again = await roll(five, { tolerance: 1 });
    expect(again.exitCode).to.equal(0);
    expect(again.nodes.slice(2).map(told)).to.deep.equal([
      `base ${primary} done: 1 unchanged, 2 unchanged, 3 done, 4 unchanged, 5 unchanged`,
      `app ${primary} done: 1 unchanged, 2 unchanged, 3 done, 4 unchanged, 5 unchanged`,
      `app ${secondary} done: 1 unchanged, 2 unchanged, 3 done, 4 unchanged, 5 unchanged`,
    ]);
  });

  it('is followed to its end in all accounts by the rollout after one that was killed', async () => {
    const script = new MortalScript();
    const mortal = new Mortal(script, rehearsal);
    await rollFresh();
    await build({ note: 'changed' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'hang', account: '333333333333', region: secondary, logicalId: 'Note', operation: 'UPDATE' });
    await mortal.begin({ at: 0, when: 'after', more: listing(five, { tolerance: 1 }) });
    while (!(await runningOperation(rehearsal.target, secondary, app))) await sleep(20);
    await mortal.kill();
    script.remove();
    const resumed = roll(five, { tolerance: 1 });
    await rehearsal.event('node-start', ({ action, accounts }) => action === 'update' && accounts?.length === 5);
    await rehearsal.control.removeFaults();
    const { exitCode, nodes } = await resumed;
    expect(exitCode).to.equal(0);
    expect(nodes.slice(-2).map((node) => `${told(node)} ${node.because.join()}`)).to.deep.equal([`app ${secondary} done: ${all('done')} resumed`, `app ${primary} done: ${all('done')} outdated`]);
    expect(await operations()).to.deep.equal(['UpdateStackSet', 'UpdateStackInstances']);
  });

  it('updates where it stands before it is added to an account that joins the list', async () => {
    await rollFresh();
    await build({ note: 'changed' });
    const { exitCode, nodes } = await roll([...five, sixth]);
    expect(exitCode).to.equal(0);
    expect(nodes.slice(-2).map(({ node }) => node.region), 'where an account is new, in the order of creation').to.deep.equal([primary, secondary]);
    expect(nodes.at(-2)?.accounts?.map(({ account, action, outcome }) => `${account[0]} ${action} ${outcome}`)).to.deep.equal([...five.map((account) => `${account[0]} update done`), '6 create done']);
    expect((await operations()).sort()).to.deep.equal([...Array<string>(5).fill('CreateStackInstances'), 'UpdateStackInstances', 'UpdateStackSet']);
    expect(await note(sixth, primary)).to.equal(`changed world first arn:aws:sqs:${primary}:${sixth}:shop-orders-tst-main`);
  });

  it('is not deleted from an account that leaves the list: a rollout refuses and says how', async () => {
    await rollFresh();
    const message = await refusal(rehearsal.rollout({ ...listing(five.slice(0, 4)), sharedParameters: listing(five).sharedParameters }));
    expect(message).to.contain(`Account 555555555555 not listed in parameters/shop/test.yaml, but shop app stands there in ${secondary}, ${primary}`).and.contain(`delete-stack-instances --stack-set-name ${app} --accounts 555555555555`);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('is planned in each account', async () => {
    await rollFresh();
    await build({ note: 'changed' });
    const made = await plan({ target: rehearsal.target, dist: rehearsal.dist, system: 'shop', environment: 'test', ...listing([...five, sixth]) });
    const ofApp = made.nodes.filter(({ node }) => node.deployment === 'app' && node.region === primary);
    expect(ofApp.map(({ account, action, resources }) => [account, action, resources.length].join(' '))).to.deep.equal([...five.map((account) => `${account} update 1`), `${sixth} create 2`]);
    expect(await refusal(rehearsal.rollout({ ...listing(five), plan: made }))).to.contain(`shop app in ${primary}, account ${sixth}: no longer rolled`);
    const { exitCode } = await rehearsal.rollout({ ...listing([...five, sixth], { concurrency: 6 }), plan: made });
    expect(exitCode).to.equal(0);
  });

  it('needs what the account shares in each account, and takes no value that differs from account to account', async () => {
    await build();
    expect(await refusal(rehearsal.rollout({ ...listing(five), sharedParameters: undefined }))).to.contain('Accounts 222222222222, 333333333333, 444444444444, 555555555555 of shop test lack what all systems of an account share. List them under "accounts:" in parameters/account/shared.yaml too.');
    await build({ queueOf: 'primary' });
    expect(await refusal(roll())).to.contain('Accounts of shop test are 5, and it goes to one: PrimaryQueueArn of app would differ from account to account, and a StackSet has one value for all.');
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('can stand in one account while another one has its StackSets', async () => {
    await build({ queueOf: 'primary' });
    const { exitCode, outputs } = await rehearsal.rollout(listing(['222222222222']));
    expect(exitCode).to.equal(0);
    expect(outputs['base']?.[primary]?.['QueueArn']).to.contain(':222222222222:');
    expect(await note('222222222222', secondary)).to.contain(`${primary}:222222222222:`);
    const { StackSummaries = [] } = await rehearsal.target.in(primary).cloudFormation.send(new ListStacksCommand({}));
    expect(StackSummaries.filter(({ StackName }) => StackName?.includes('shop'))).to.deep.equal([]);
  });

  it('shows the status of each account, and is destroyed in all of them', async () => {
    const { outputsFile } = await rollFresh();
    const rows = await status({ target: rehearsal.target, dist: rehearsal.dist, systems: [{ system: 'shop', environment: 'test', accounts: five }] });
    expect(rows.filter(({ node }) => node.deployment === 'app').map(({ account, node, instanceStatus, stackStatus }) => [account, node.region, instanceStatus, stackStatus].join(' '))).to.deep.equal(
      [primary, secondary].flatMap((region) => five.map((account) => `${account} ${region} CURRENT CREATE_COMPLETE`)),
    );
    const options = { target: rehearsal.target, dist: rehearsal.dist, state: rehearsal.state, system: 'shop', environment: 'test', parameters };
    expect((await planDestroy(options)).kept.map(({ account }) => account).sort()).to.deep.equal([...five, ...five].sort());
    const { exitCode, nodes } = await rehearsal.destroy();
    expect(exitCode).to.equal(0);
    expect(nodes.map(told)).to.deep.equal([`app ${secondary}`, `app ${primary}`, `base ${primary}`, `base ${secondary}`].map((node) => `${node} done: ${all('done')}`));
    expect(existsSync(join(outputsFile, '..', 'accounts'))).to.equal(false);
    const { Summaries = [] } = await rehearsal.target.in(secondary).cloudFormation.send(new ListStackSetsCommand({ Status: 'ACTIVE' }));
    expect(Summaries.map(({ StackSetName }) => StackSetName)).to.deep.equal(['meridian-account-shared-main-account']);
  });
});
