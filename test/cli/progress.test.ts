import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { ErrorProgress } from '../../src/cli/progress/errors';
import { LineProgress } from '../../src/cli/progress/lines';
import { LiveProgress } from '../../src/cli/progress/live';
import { nodeLines } from '../../src/cli/progress/node-lines';
import { afterEvent, waitingNode } from '../../src/cli/progress/node-state';
import type { NodeReference, RolloutEvent } from '../../src/rollout';
import { RememberedTerminal } from './support/terminal';

const data: NodeReference = { system: 'shop', environment: 'production', deployment: 'platform', region: 'us-east-1' };
const edge: NodeReference = { ...data, deployment: 'edge' };

const events: readonly RolloutEvent[] = [
  { type: 'bootstrap', stack: 'roles', region: 'us-east-1', action: 'none' },
  { type: 'package', region: 'ap-southeast-1', uploaded: 2, present: 1, bytes: 45_001 },
  { type: 'plan', nodes: [data, edge] },
  { type: 'node-start', node: data, action: 'update', total: 31, operationId: 'op' },
  { type: 'stack', node: data, path: ['Data'], status: 'UPDATE_IN_PROGRESS', done: 0, total: 22, seconds: 0.1 },
  { type: 'resource', node: data, path: ['Data'], logicalId: 'Primary', resourceType: 'AWS::RDS::DBInstance', status: 'UPDATE_IN_PROGRESS', seconds: 0.2 },
  { type: 'resource', node: data, path: ['Data'], logicalId: 'Key', resourceType: 'AWS::KMS::Key', status: 'UPDATE_COMPLETE', seconds: 0.2 },
  { type: 'resource', node: data, path: ['Data'], logicalId: 'Primary', resourceType: 'AWS::RDS::DBInstance', status: 'UPDATE_FAILED', reason: 'No capacity.', seconds: 124 },
  { type: 'stack', node: data, path: ['Data'], status: 'UPDATE_ROLLBACK_COMPLETE', done: 2, total: 22, seconds: 130 },
  { type: 'note', message: 'Throttled.' },
  {
    type: 'node-done',
    node: data,
    outcome: 'failed',
    resources: 2,
    seconds: 271,
    reason: 'Embedded stack was not successfully updated',
    rootCause: { path: ['Data'], stackId: 's', logicalId: 'Primary', resourceType: 'AWS::RDS::DBInstance', status: 'UPDATE_FAILED', reason: 'No capacity.', at: new Date(0) },
  },
];

const bake = { type: 'bake', node: data, holds: [edge], seconds: 300, alarms: 23 } as const;
const bakeEvents: readonly RolloutEvent[] = [{ ...bake, state: 'begins', left: 300 }, { ...bake, state: 'waits', left: 272 }, { ...bake, state: 'quiet', left: 0 }, { ...bake, state: 'alarm', left: 0 }];

const backEvents: readonly RolloutEvent[] = [
  { type: 'rollback', nodes: [data] },
  { type: 'node-start', node: data, action: 'roll-back', total: 31, operationId: 'op2' },
  { type: 'node-done', node: data, outcome: 'rolled-back', resources: 2, seconds: 62 },
];

describe('progress in lines', () => {
  it('tells when a bake begins and how it ends, and what goes back', () => {
    const terminal = new RememberedTerminal();
    const progress = new LineProgress(terminal);
    [...bakeEvents, ...backEvents].forEach(progress.listener);
    expect(terminal.told).to.deep.equal([
      'us-east-1       shop platform       bakes for 5:00, 23 alarms watched',
      'us-east-1       shop platform       ✔ baked for 5:00 without an alarm',
      'us-east-1       shop platform       ✖ an alarm went off',
      '↶ Going back: shop platform in us-east-1',
      'us-east-1       shop platform       rolling back, up to 31 resources',
      'us-east-1       shop platform       ✔ rolled back  1:02',
    ]);
  });

  it('begins each line with its region and tells nested stacks and failures, not every resource', () => {
    const terminal = new RememberedTerminal();
    const progress = new LineProgress(terminal);
    events.forEach(progress.listener);
    expect(terminal.told).to.deep.equal([
      'ap-southeast-1  artifacts           2 uploaded (46 KB), 1 there already',
      'us-east-1       shop platform       updating, up to 31 resources',
      'us-east-1       shop platform       ✖ Data ▸ Primary (AWS::RDS::DBInstance) UPDATE_FAILED: No capacity.',
      'us-east-1       shop platform       Data  UPDATE_ROLLBACK_COMPLETE  2/22  2:10',
      'Throttled.',
      'us-east-1       shop platform       ✖ failed: Data ▸ Primary (AWS::RDS::DBInstance): No capacity.',
    ]);
  });

  it('tells the account where a node has several, also of one that may fail', () => {
    const terminal = new RememberedTerminal();
    const progress = new LineProgress(terminal);
    const account = '333333333333';
    const [cause] = events.flatMap((event) => (event.type === 'node-done' && event.rootCause ? [event.rootCause] : []));
    const several: readonly RolloutEvent[] = [
      { type: 'package', account, region: 'us-east-1', uploaded: 2, present: 1, bytes: 45_001 },
      { type: 'node-start', node: data, action: 'update', total: 62, accounts: ['222222222222', account] },
      { type: 'resource', node: data, account, path: ['Data'], logicalId: 'Primary', resourceType: 'AWS::RDS::DBInstance', status: 'UPDATE_FAILED', reason: 'No capacity.', seconds: 1 },
      { type: 'stack', node: data, account: '222222222222', path: [], status: 'UPDATE_COMPLETE', done: 31, total: 31, seconds: 8 },
      {
        type: 'node-done',
        node: data,
        outcome: 'done',
        resources: 31,
        seconds: 9,
        ...(cause && { rootCause: cause }),
        accounts: [{ account: '222222222222', action: 'update', outcome: 'done', because: [] }, { account, action: 'update', outcome: 'failed', because: [] }],
      },
    ];
    several.forEach(progress.listener);
    expect(terminal.told).to.deep.equal([
      'us-east-1       artifacts           333333333333  2 uploaded (46 KB), 1 there already',
      'us-east-1       shop platform       updating, up to 62 resources in 2 accounts',
      'us-east-1       shop platform       ✖ 333333333333  Data ▸ Primary (AWS::RDS::DBInstance) UPDATE_FAILED: No capacity.',
      'us-east-1       shop platform       222222222222  UPDATE_COMPLETE  31/31  8.0 s',
      'us-east-1       shop platform       ▲ 31 resources, but it failed in account 333333333333: Data ▸ Primary (AWS::RDS::DBInstance): No capacity.',
    ]);
  });

  it('tells only what goes wrong when errors are asked for', () => {
    const terminal = new RememberedTerminal();
    const progress = new ErrorProgress(terminal);
    events.forEach(progress.listener);
    expect(terminal.told).to.deep.equal([
      'us-east-1       shop platform       ✖ Data ▸ Primary (AWS::RDS::DBInstance) UPDATE_FAILED: No capacity.',
      'Throttled.',
      'us-east-1       shop platform       ✖ failed: Data ▸ Primary (AWS::RDS::DBInstance): No capacity.',
    ]);
  });
});

describe('progress that is repainted', () => {
  const turn = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const live = () => {
    let text = '';
    const stream = Object.assign(new PassThrough(), { columns: 120, rows: 40, isTTY: true }) as unknown as NodeJS.WriteStream;
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return { painted: () => text, progress: new LiveProgress(new RememberedTerminal(), stream) };
  };
  const after = (count: number) => events.slice(3, count).reduce((state, event) => afterEvent(state, event, 1_000), waitingNode(data));

  it('shows a node that waits by its name', () => {
    expect(nodeLines(waitingNode(data), 0)).to.deep.equal(['shop platform       us-east-1']);
  });

  it('shows each nested stack of a running node with its count and what it waits for', () => {
    expect(nodeLines(after(6), 125_000)).to.deep.equal(['shop platform       us-east-1       updating  2:04', '  Data            0/22     Primary  UPDATE_IN_PROGRESS']);
    expect(nodeLines(after(7), 125_000)[1]).to.equal('  Data            1/22     UPDATE_IN_PROGRESS');
  });

  it('counts down the bake that a node waits for', () => {
    const state = bakeEvents.slice(0, 2).reduce((waiting, event) => afterEvent(waiting, event, 1_000), waitingNode(edge));
    expect(nodeLines(state, 3_000)).to.deep.equal(['shop edge           us-east-1', '  waits: shop platform in us-east-1 bakes, 4:30 left']);
    expect(nodeLines(afterEvent(state, bakeEvents[2]!, 4_000), 5_000)).to.deep.equal(['shop edge           us-east-1']);
  });

  it('shows each account under way in the place of nested stacks where there are several', () => {
    const accounts = ['222222222222', '333333333333'];
    const several: readonly RolloutEvent[] = [
      { type: 'node-start', node: data, action: 'update', total: 62, accounts },
      { type: 'stack', node: data, account: accounts[0]!, path: [], status: 'UPDATE_COMPLETE', done: 2, total: 2, seconds: 1 },
      { type: 'stack', node: data, account: accounts[1]!, path: [], status: 'UPDATE_IN_PROGRESS', done: 0, total: 2, seconds: 1 },
      { type: 'stack', node: data, account: accounts[1]!, path: ['Data'], status: 'UPDATE_IN_PROGRESS', done: 0, total: 22, seconds: 1 },
      { type: 'resource', node: data, account: accounts[1]!, path: ['Data'], logicalId: 'Primary', resourceType: 'AWS::RDS::DBInstance', status: 'UPDATE_IN_PROGRESS', seconds: 2 },
    ];
    const state = several.reduce((before, event) => afterEvent(before, event, 0), waitingNode(data));
    expect(nodeLines(state, 3_000).slice(1)).to.deep.equal(['  333333333333    0/2      Primary  UPDATE_IN_PROGRESS']);
  });

  it('shows how a node ended', () => {
    expect(nodeLines(after(events.length), 125_000)).to.deep.equal(['shop platform       us-east-1       failed: Data ▸ Primary (AWS::RDS::DBInstance): No capacity.']);
  });

  it('shows several nodes at work, each with its own nested stacks, and those that wait as waiting', async () => {
    const { painted, progress } = live();
    const other = { ...data, deployment: 'zone' };
    progress.listener({ type: 'plan', nodes: [data, other, edge] });
    await turn();
    for (const node of [data, other]) progress.listener({ type: 'node-start', node, action: 'update', total: 3 });
    for (const node of [data, other]) progress.listener({ type: 'stack', node, path: [node.deployment], status: 'UPDATE_IN_PROGRESS', done: 1, total: 3, seconds: 1 });
    const frame = (): string => painted().slice(painted().lastIndexOf('\u001b[G'));
    const isShown = (): boolean => /[⠀-⣿] shop platform .*updating[^]*[⠀-⣿] shop zone .*updating[^]*◼ shop edge/.test(frame());
    for (let look = 0; look < 200 && !isShown(); look++) await turn(20);
    const last = frame();
    await progress.end();
    expect(last).to.match(/[⠀-⣿] shop platform .*updating[^]*[⠀-⣿] shop zone .*updating[^]*◼ shop edge/);
  });

  it('shows what goes back below what was rolled', async () => {
    const { painted, progress } = live();
    [...events, ...backEvents].forEach(progress.listener);
    await progress.end();
    expect(painted()).to.match(/✖ shop platform +us-east-1 +failed: Data ▸ Primary[^]*– shop edge +us-east-1 +not started[^]*✔ back {2}shop platform +us-east-1 +rolled back {2}1:02/);
  });

  it('ends with every node in its last state, and gives the cursor back', async () => {
    let painted = '';
    const stream = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: true }) as unknown as NodeJS.WriteStream;
    stream.on('data', (chunk: Buffer) => (painted += chunk.toString()));
    const progress = new LiveProgress(new RememberedTerminal(), stream);
    events.forEach(progress.listener);
    progress.say('Stopping.');
    await progress.end();
    const last = painted.slice(painted.lastIndexOf('✖'));
    expect(last).to.match(/^✖ shop platform +us-east-1 +failed: Data ▸ Primary.*\n(?: .*\n)*– shop edge +us-east-1 +not started\n/);
    expect(painted.endsWith('\u001b[?25h')).to.equal(true);
  });
});
