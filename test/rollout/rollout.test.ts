import { readFileSync } from 'node:fs';
import { DeleteStackInstancesCommand, DescribeStackSetCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { parameters, Rehearsal } from './support/rehearsal';
import { primary, secondary } from './support/shop';

describe('rolling a system into the local AWS', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  beforeEach(() => rehearsal.rollFresh());

  const note = async (region: string) => {
    const { Parameter } = await rehearsal.target.in(region).ssm.send(new GetParameterCommand({ Name: '/shop/main/note' }));
    return Parameter?.Value;
  };

  it('creates the shared deployment first, then each deployment in its regions, in the order of first creation', async () => {
    await rehearsal.control.reset();
    const { nodes } = await rehearsal.rollout();
    expect(nodes.map(({ node, action, outcome }) => [node.deployment, node.region, action, outcome].join(' '))).to.deep.equal([
      `account ${primary} create done`,
      `base ${secondary} create done`,
      `base ${primary} create done`,
      `app ${primary} create done`,
      `app ${secondary} create done`,
    ]);
  });

  it('gives each region its own wires, and the value across regions to both', async () => {
    const queue = `arn:aws:sqs:${primary}:${rehearsal.target.account}:shop-orders-tst-main`;
    expect(await note(primary)).to.equal(`hello world first ${queue}`);
    expect(await note(secondary)).to.equal(`hello world first ${queue}`);
  });

  it('tells about every nested stack and resource, with counts from the manifest', () => {
    const stack = rehearsal.events.filter((event) => event.type === 'stack' && event.node.deployment === 'app' && event.node.region === primary && event.path.join() === 'Work').at(-1);
    expect(stack).to.include({ status: 'CREATE_COMPLETE', total: 2 });
    const resources = rehearsal.events.flatMap((event) => (event.type === 'resource' && event.status === 'CREATE_COMPLETE' && event.node.deployment === 'app' ? [`${event.node.region} ${[...event.path, event.logicalId].join('/')}`] : []));
    expect(resources.sort()).to.deep.equal([secondary, primary].flatMap((region) => [`${region} Work`, `${region} Work/Archive`, `${region} Work/Note`]));
  });

  it('writes the root outputs of every deployment and region to a file', async () => {
    const { outputsFile, outputs } = await rehearsal.rollout();
    expect(JSON.parse(readFileSync(outputsFile, 'utf8'))).to.deep.equal(outputs);
    expect(outputs['app']?.[secondary]).to.deep.equal({ NoteName: '/shop/main/note', Suffix: 'main' });
  });

  it('makes no call that changes anything when nothing has changed', async () => {
    const { nodes } = await rehearsal.rollout();
    expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(Array(5).fill('unchanged'));
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('updates only the deployment whose nested property changed, secondary first', async () => {
    await rehearsal.build({ note: 'changed' });
    const { nodes } = await rehearsal.rollout();
    expect(nodes.map(({ node, outcome, because }) => [node.deployment, node.region, outcome, ...because].join(' '))).to.deep.equal([
      `account ${primary} unchanged`,
      `base ${secondary} unchanged`,
      `base ${primary} unchanged`,
      `app ${secondary} done template`,
      `app ${primary} done outdated`,
    ]);
    const mutations = await rehearsal.mutations();
    expect(mutations.filter((call) => !call.startsWith('PUT'))).to.deep.equal([`UpdateStackSet ${secondary}`, `UpdateStackInstances ${secondary}`]);
    expect(mutations.filter((call) => call.startsWith('PUT')), 'one nested template in each region').to.have.length(2);
    expect(await note(primary)).to.match(/^changed world/);
    await rehearsal.control.resetCalls();
    await rehearsal.rollout();
    expect(await rehearsal.mutations(), 'and once is enough').to.deep.equal([]);
  });

  it('updates the consumer of a wire whose value changed although its template did not', async () => {
    await rehearsal.build({ label: 'second' });
    const { nodes } = await rehearsal.rollout();
    const app = nodes.filter(({ node }) => node.deployment === 'app');
    expect(app.map(({ because }) => because.join())).to.deep.equal(['wire BaseLabel', 'wire BaseLabel']);
    expect(await note(secondary)).to.match(/^hello world second/);
  });

  it('rolls another copy of the environment beside the first, each with its own wires', async () => {
    const { exitCode, outputs } = await rehearsal.rollout({ parameters: { ...parameters, suffix: 'copy' } });
    expect(exitCode).to.equal(0);
    expect(outputs['base']?.[primary]?.['QueueArn']).to.match(/shop-orders-tst-copy$/);
    expect(outputs['app']?.[primary]?.['Suffix']).to.equal('copy');
    const { StackSet } = await rehearsal.target.in(secondary).cloudFormation.send(new DescribeStackSetCommand({ StackSetName: 'meridian-shop-test-copy-app' }));
    expect(StackSet?.Parameters).to.deep.include({ ParameterKey: 'BaseLabel', ParameterValue: '/meridian/shop/test/copy/base/Label' });
  });

  it('creates the instance again that somebody removed, and blames the queue that a policy kept there', async () => {
    const { cloudFormation } = rehearsal.target.in(secondary);
    const StackSetName = 'meridian-shop-test-main-app';
    const { OperationId } = await cloudFormation.send(new DeleteStackInstancesCommand({ StackSetName, Accounts: [rehearsal.target.account], Regions: [secondary], RetainStacks: false }));
    // The order of regions depends on where instances stand when the rollout begins.
    expect(await rehearsal.ended(StackSetName, OperationId)).to.equal('SUCCEEDED');
    const { nodes } = await rehearsal.rollout({ wait: 10 });
    expect(nodes.slice(-2).map(({ node, action, outcome }) => [node.region, action, outcome].join(' '))).to.deep.equal([`${primary} none unchanged`, `${secondary} create failed`]);
    expect(nodes.at(-1)?.rootCause?.logicalId).to.equal('Archive');
  });

  it('stops before the next node when it is told to, and goes on from there', async () => {
    await rehearsal.build({ note: 'changed', visibility: 60 });
    const stop = new AbortController();
    const halted = await rehearsal.rollout({ signal: stop.signal, onEvent: (event) => event.type === 'node-done' && event.outcome === 'done' && stop.abort() });
    expect(halted.exitCode).to.equal(4);
    expect(halted.nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'done', 'not-started', 'not-started', 'not-started']);
    const resumed = await rehearsal.rollout();
    expect(resumed.nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'done', 'done', 'done']);
  });

  it('repairs nothing that a person changed inside a stack, but reports an equal definition as unchanged', async () => {
    await rehearsal.target.in(primary).ssm.send(new PutParameterCommand({ Name: '/shop/main/note', Value: 'by hand', Overwrite: true }));
    const { nodes } = await rehearsal.rollout();
    expect(nodes.at(-1)?.outcome).to.equal('unchanged');
  });
});
