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

describe('progress in lines', () => {
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
  const after = (count: number) => events.slice(3, count).reduce((state, event) => afterEvent(state, event, 1_000), waitingNode(data));

  it('shows a node that waits by its name', () => {
    expect(nodeLines(waitingNode(data), 0)).to.deep.equal(['shop platform       us-east-1']);
  });

  it('shows each nested stack of a running node with its count and what it waits for', () => {
    expect(nodeLines(after(6), 125_000)).to.deep.equal(['shop platform       us-east-1       updating  2:04', '  Data            0/22     Primary  UPDATE_IN_PROGRESS']);
    expect(nodeLines(after(7), 125_000)[1]).to.equal('  Data            1/22     UPDATE_IN_PROGRESS');
  });

  it('shows how a node ended', () => {
    expect(nodeLines(after(events.length), 125_000)).to.deep.equal(['shop platform       us-east-1       failed: Data ▸ Primary (AWS::RDS::DBInstance): No capacity.']);
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
