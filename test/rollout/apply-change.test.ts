import {
  CreateStackInstancesCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  OperationIdAlreadyExistsException,
  OperationInProgressException,
  UpdateStackSetCommand,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { applyChange } from '../../src/rollout/apply-change';
import { Journal } from '../../src/rollout/journal/journal';
import { planNodes } from '../../src/rollout/nodes';
import { StackSetBusy } from '../../src/rollout/operation';
import type { NodeAction, RolloutEvent } from '../../src/rollout/progress';
import { StackInstances } from '../../src/rollout/instances';
import type { StackSetState } from '../../src/rollout/stack-set';
import { Target } from '../../src/rollout/target';
import { WrittenDist } from './support/built';
import { primary, secondary } from './support/shop';

describe('the calls that change a node', () => {
  const target = new Target({ kind: 'local', endpoint: 'http://127.0.0.1:1' });
  const service = mockClient(target.in(secondary).cloudFormation);
  const dist = new WrittenDist();
  const build = dist.build({ name: 'app', templates: { root: { body: { Resources: {} } } } });
  const node = planNodes([{ build, parameters: { file: 'f', suffix: 'main', values: {} } }], new Map())[0]!;
  const events: RolloutEvent[] = [];
  after(() => {
    target.close();
    dist.remove();
  });

  beforeEach(() => {
    events.length = 0;
    service.reset();
    service.on(DescribeStackSetOperationCommand).resolves({ StackSetOperation: { Status: 'SUCCEEDED', CreationTimestamp: new Date(0) } });
    service.on(ListStackInstancesCommand).resolves({ Summaries: [] });
    service.on(ListStackSetOperationResultsCommand).resolves({ Summaries: [] });
  });

  const definition = { name: node.stackSet, description: 'd', body: '{}', parameters: { A: '1' }, tags: {} };
  const equal: StackSetState['stackSet'] = {
    TemplateBody: '{}',
    Parameters: [{ ParameterKey: 'A', ParameterValue: '1' }],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    AdministrationRoleARN: `arn:aws:iam::${target.account}:role/meridian-stackset-administration`,
    ExecutionRoleName: 'meridian-stackset-execution',
  };
  const states: Record<string, StackSetState | undefined> = {
    'no StackSet': undefined,
    'an equal StackSet': { stackSet: equal, instances: new StackInstances() },
    'a different StackSet': { stackSet: { ...equal, TemplateBody: '{"old":1}' }, instances: new StackInstances() },
  };
  const applyAll = (actions: Readonly<Record<string, NodeAction>>, state: string) =>
    applyChange({ target, listener: (event) => events.push(event), node, definition, state: states[state], journal: new Journal(dist.folder), actions: new Map(Object.entries(actions)) });
  const apply = async (action: NodeAction, state: string) => (await applyAll({ [target.account]: action }, state))?.end;
  const mutations = () => service.calls().map(({ args }) => args[0]).filter((command) => !/^(Describe|List)/.test(command.constructor.name));

  const cases: [NodeAction, string, string[]][] = [
    ['create', 'no StackSet', ['CreateStackSet', 'CreateStackInstances']],
    ['create', 'an equal StackSet', ['CreateStackInstances']],
    ['create', 'a different StackSet', ['DeleteStackSet', 'CreateStackSet', 'CreateStackInstances']],
    ['update', 'a different StackSet', ['UpdateStackSet']],
    ['update', 'an equal StackSet', ['UpdateStackInstances']],
    ['recreate', 'an equal StackSet', ['DeleteStackInstances', 'CreateStackInstances']],
    ['recreate', 'a different StackSet', ['UpdateStackSet', 'DeleteStackInstances', 'CreateStackInstances']],
    ['none', 'an equal StackSet', []],
  ];
  for (const [action, state, expected] of cases) {
    it(`${action} with ${state}: ${expected.join(', ') || 'nothing'}`, async () => {
      await apply(action, state);
      expect(mutations().map((command) => command.constructor.name.replace(/Command$/, ''))).to.deep.equal(expected);
      const ids = mutations().map(({ input }) => (input as { OperationId?: string }).OperationId).filter((id) => id !== undefined);
      expect(new Set(ids).size, 'each operation has an id of its own').to.equal(ids.length);
    });
  }

  it('go to all accounts that need the same in one operation, updates before new instances, and leave out those that need nothing', async () => {
    await applyAll({ a: 'update', b: 'none', c: 'create', d: 'update', e: 'recreate' }, 'a different StackSet');
    expect(mutations().map((command) => [command.constructor.name.replace(/Command$/, ''), ...((command.input as { Accounts?: string[] }).Accounts ?? [])].join(' '))).to.deep.equal([
      'UpdateStackSet a d',
      'DeleteStackInstances e',
      'CreateStackInstances e c',
    ]);
  });

  it('touch one region, stop at the first failure, and carry an operation id of ours', async () => {
    await apply('update', 'a different StackSet');
    const [call] = service.commandCalls(UpdateStackSetCommand);
    expect(call?.args[0].input).to.deep.include({
      Accounts: [target.account],
      Regions: [primary],
      OperationPreferences: { RegionConcurrencyType: 'SEQUENTIAL', RegionOrder: [primary], FailureToleranceCount: 0, MaxConcurrentCount: 1 },
    });
  });

  it('count as made when AWS has the operation already', async () => {
    service.on(CreateStackInstancesCommand).rejects(new OperationIdAlreadyExistsException({ message: 'again', $metadata: {} }));
    expect(await apply('create', 'an equal StackSet')).to.include({ status: 'SUCCEEDED' });
  });

  it('tell a busy StackSet from every other refusal', async () => {
    service.on(CreateStackInstancesCommand).rejectsOnce(new OperationInProgressException({ message: 'busy', $metadata: {} })).rejectsOnce(new Error('no'));
    expect(await apply('create', 'an equal StackSet').catch((error: unknown) => error)).to.be.instanceOf(StackSetBusy);
    expect(await apply('create', 'an equal StackSet').catch((error: Error) => error.message)).to.equal('no');
  });

  it('are watched on when a look fails', async () => {
    service.on(DescribeStackSetOperationCommand).rejectsOnce(new Error('Rate exceeded')).resolves({ StackSetOperation: { Status: 'STOPPED', CreationTimestamp: new Date(0) } });
    expect(await apply('create', 'an equal StackSet')).to.include({ status: 'STOPPED' });
    expect(events.flatMap((event) => (event.type === 'note' ? [event.message] : []))).to.satisfy(([note]: string[]) => /^Operation [0-9a-f-]{36} not seen: Rate exceeded\. Looking again\.$/.test(note ?? ''));
  });
});
