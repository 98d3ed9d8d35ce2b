import { expect } from 'chai';
import { DeleteStackInstancesCommand, DescribeStackSetCommand, UpdateStackSetCommand } from '@aws-sdk/client-cloudformation';
import { build } from '../../../src/build/build';
import { plan, type RolloutPlan, type RolloutResult } from '../../../src/rollout';
import { MeridianError } from '../../../src/errors';
import { Rehearsal } from '../support/rehearsal';
import { account, primary, secondary } from '../support/shop';
import { ledger, type LedgerSettings } from './ledger';

describe('planning a rollout against the local AWS', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  const options = (title = 'Ledger') => ({ system: 'ledger', environment: 'test', parameters: { file: 'parameters/ledger/test.yaml', suffix: 'main', values: { Title: title } } });
  const buildLedger = (settings: Partial<LedgerSettings> = {}) => build({ dist: rehearsal.dist, systems: [account(), ledger(settings)] });
  const planned = (title?: string): Promise<RolloutPlan> => plan({ target: rehearsal.target, dist: rehearsal.dist, ...options(title) });
  const roll = (more: Parameters<Rehearsal['rollout']>[0] = {}): Promise<RolloutResult> => rehearsal.rollout({ ...options(), ...more });
  const refusal = async (work: Promise<unknown>): Promise<MeridianError> => {
    const error = await work.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof MeridianError)) throw error ?? new Error('nothing was refused');
    return error;
  };
  /** Nodes as `deployment region action`, each followed by its changes. */
  const lines = ({ nodes }: RolloutPlan): string[] =>
    nodes.flatMap(({ node, action, resources }) => [
      [node.deployment, node.region, action].join(' '),
      ...(action === 'create' ? [] : resources.map((change) => `  ${change.action} ${[...change.path, change.logicalId].join('/')}${change.properties.map(({ property }) => ` ${property}`).join('')}`)),
    ]);

  beforeEach(async () => {
    await rehearsal.control.reset();
    await buildLedger();
  });

  const rollFirst = async (): Promise<void> => {
    const { message } = await roll();
    if (message) throw new Error(message);
    await rehearsal.control.resetCalls();
  };

  it('creates everything where nothing stands, with parameters that only earlier nodes will know', async () => {
    const made = await planned();
    expect(lines(made)).to.deep.equal([`account ${primary} create`, `base ${secondary} create`, `base ${primary} create`, `app ${primary} create`, `app ${secondary} create`]);
    expect(made.nodes.at(-1)?.after.parameters).to.deep.equal({ BaseEntriesArn: null, EnvironmentSuffix: 'main', Title: 'Ledger' });
    expect(made.nodes[1]?.resources.map(({ path, logicalId }) => [...path, logicalId].join('/'))).to.deep.equal(['PublishEntriesArn', 'Store/Entries']);
  });

  it('has nothing to do where everything stands, and makes no call that changes anything', async () => {
    await rollFirst();
    expect(lines(await planned()).filter((line) => !line.endsWith(' none'))).to.deep.equal([]);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('names a changed property in a nested stack, and leaves the deployments after it alone', async () => {
    await rollFirst();
    await buildLedger({ visibility: 60 });
    expect(lines(await planned())).to.deep.equal([
      `account ${primary} none`,
      `base ${secondary} update`,
      '  change Store/Entries VisibilityTimeout',
      `base ${primary} update`,
      '  change Store/Entries VisibilityTimeout',
      `app ${secondary} none`,
      `app ${primary} none`,
    ]);
  });

  it('follows a replaced queue through its wire into the next deployment', async () => {
    await rollFirst();
    await buildLedger({ queue: 'postings' });
    const made = await planned();
    expect(lines(made).slice(1)).to.deep.equal([
      ...[secondary, primary].flatMap((region) => [`base ${region} update`, '  replace Store/Entries QueueName', '  change PublishEntriesArn Value']),
      ...[secondary, primary].flatMap((region) => [`app ${region} update`, '  change Note Value']),
    ]);
    expect(made.nodes.at(-1)?.reasons).to.deep.equal(['wire BaseEntriesArn']);
    expect(made.nodes.at(-1)?.after.parameters['BaseEntriesArn']).to.equal(null);
  });

  it('shows what is new in one region only there', async () => {
    await rollFirst();
    await buildLedger({ primaryNote: true });
    expect(lines(await planned()).filter((line) => line.startsWith('base') || line.startsWith('  '))).to.deep.equal([`base ${secondary} update`, `base ${primary} update`, '  add Store/Primary']);
  });

  it('shows a changed parameter and what it changes', async () => {
    await rollFirst();
    const made = await planned('Journal');
    expect(made.nodes.at(-1)?.reasons).to.deep.equal(['parameter Title']);
    const [change] = made.nodes.at(-1)?.resources ?? [];
    expect(change?.properties[0]?.before).to.match(/^Ledger arn:/);
    expect(change?.properties[0]?.after).to.match(/^Journal arn:/);
  });

  it('compares templates as they are written when one that stands can no longer be resolved, and says so', async () => {
    await rollFirst();
    const { cloudFormation } = rehearsal.target.in(secondary);
    const name = { StackSetName: 'meridian-ledger-test-main-app' };
    const { StackSet } = await cloudFormation.send(new DescribeStackSetCommand(name));
    const standing = JSON.parse(StackSet?.TemplateBody ?? '') as Record<string, unknown>;
    const odd = JSON.stringify({ ...standing, Conditions: { Odd: { 'Fn::Equals': [{ Ref: 'NoSuchThing' }, 'x'] } } });
    const { OperationId } = await cloudFormation.send(new UpdateStackSetCommand({ ...name, TemplateBody: odd, Parameters: StackSet?.Parameters }));
    expect(await rehearsal.ended(name.StackSetName, OperationId)).to.equal('SUCCEEDED');
    const made = await planned();
    expect(made.nodes.at(-1)?.unresolved).to.contain('NoSuchThing');
    expect(made.nodes.at(-1)?.resources).to.deep.equal([]);
  });

  it('refuses to roll the replacement of a queue until it is allowed by name, and then does it', async () => {
    await rollFirst();
    await buildLedger({ queue: 'postings' });
    const { exitCode, message } = await refusal(roll());
    expect(exitCode).to.equal(1);
    expect(message).to.contain(`base/Store/Entries (AWS::SQS::Queue) in ${primary}: replaced, the present one is deleted`);
    expect(message).to.contain('give --allow-replace Entries if that is meant');
    expect(await rehearsal.mutations()).to.deep.equal([]);
    const { exitCode: rolled, outputs } = await roll({ allowReplace: ['Store/Entries'] });
    expect(rolled).to.equal(0);
    expect(outputs['base']?.[primary]?.['EntriesArn']).to.match(/ledger-postings-tst-main$/);
    expect(lines(await planned()).filter((line) => !line.endsWith(' none')), 'and nothing is left to do').to.deep.equal([]);
  });

  it('rolls exactly the plan that was made', async () => {
    await rollFirst();
    await buildLedger({ visibility: 60 });
    const { exitCode, nodes } = await roll({ plan: await planned() });
    expect(exitCode).to.equal(0);
    expect(nodes.map(({ action }) => action)).to.deep.equal(['none', 'update', 'update', 'none', 'none']);
  });

  it('goes on with a plan that was stopped half-way', async () => {
    await rollFirst();
    await buildLedger({ queue: 'postings' });
    const made = await planned();
    const stop = new AbortController();
    const halted = await roll({ plan: made, allowReplace: ['Entries'], signal: stop.signal, onEvent: (event) => event.type === 'node-done' && event.outcome === 'done' && stop.abort() });
    expect(halted.exitCode).to.equal(4);
    const resumed = await roll({ plan: made, allowReplace: ['Entries'] });
    expect(resumed.nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'done', 'done', 'done']);
  });

  const moves: readonly { readonly title: string; readonly move: () => Promise<unknown>; readonly more?: Parameters<Rehearsal['rollout']>[0]; readonly expected: RegExp }[] = [
    { title: 'another template was built', move: () => buildLedger({ visibility: 90 }), expected: /ledger base in us-east-1: another template was built/ },
    { title: 'a parameter has another value', move: () => Promise.resolve(), more: options('Journal'), expected: /ledger app in us-east-1: parameter Title will be "Journal", planned "Ledger"/ },
    {
      title: 'somebody rolled something else',
      move: async () => {
        await buildLedger({ visibility: 90 });
        await roll();
        await buildLedger({ visibility: 60 });
        await rehearsal.control.resetCalls();
      },
      expected: /ledger base in ap-southeast-1: the stack has another template/,
    },
    {
      title: 'a stack is gone',
      move: async () => {
        await rehearsal.target.in(secondary).cloudFormation.send(new DeleteStackInstancesCommand({ StackSetName: 'meridian-ledger-test-main-app', Accounts: [rehearsal.target.account], Regions: [secondary], RetainStacks: false }));
        await rehearsal.control.resetCalls();
      },
      more: { wait: 10 },
      expected: /ledger app in ap-southeast-1: the stack is gone/,
    },
  ];
  for (const { title, move, more, expected } of moves) {
    it(`refuses a plan when ${title}, and changes nothing`, async () => {
      await rollFirst();
      await buildLedger({ visibility: 60 });
      const made = await planned();
      await move();
      const { exitCode, message } = await refusal(roll({ plan: made, ...more }));
      expect(exitCode).to.equal(1);
      expect(message).to.match(/^Plan of ledger test not executed: the world has moved since it was made\./);
      expect(message).to.match(expected);
      expect(await rehearsal.mutations()).to.deep.equal([]);
    });
  }
});
