import { expect } from 'chai';
import { renderDestroyed } from '../../src/cli/render/destroy';
import { renderDoctor } from '../../src/cli/render/doctor';
import { age, duration } from '../../src/cli/render/duration';
import { nextSteps } from '../../src/cli/render/next-steps';
import { renderNodes, renderStop, type RolledNode } from '../../src/cli/render/rollout';
import { renderStatus } from '../../src/cli/render/status';
import { processTerminal } from '../../src/cli/terminal';
import type { NodeReference, StatusRow } from '../../src/rollout';
import { RememberedTerminal } from './support/terminal';

const plain = new RememberedTerminal();
const node: NodeReference = { system: 'shop', environment: 'production', deployment: 'base', region: 'us-east-1' };
const done: RolledNode = { node, action: 'create', outcome: 'done', because: [], seconds: 1.26, resources: 5, coverage: { emulated: 3, recorded: 2 } };

describe('durations', () => {
  const cases: readonly (readonly [number, string])[] = [[0.04, '0.0 s'], [9.94, '9.9 s'], [9.96, '10 s'], [59.4, '59 s'], [59.6, '1:00'], [271, '4:31'], [3729, '1:02:09']];
  for (const [seconds, text] of cases) {
    it(`of ${seconds} seconds read ${text}`, () => expect(duration(seconds)).to.equal(text));
  }

  it('since a moment are told in their largest unit', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(['2026-11-22T11:59:30Z', '2026-11-22T11:48:00Z', '2026-11-22T07:00:00Z', '2026-11-19T12:00:00Z'].map((since) => age(new Date(since), now))).to.deep.equal(['now', '12 min', '5 h', '3 d']);
  });
});

describe('the table of a rollout', () => {
  const skipped: RolledNode = { ...done, node: { ...node, deployment: 'zone' }, action: 'none', outcome: 'skipped', because: ['HostedZoneId is given'], seconds: 0, resources: 0, coverage: undefined };

  it('splits what stands on the local AWS into emulated and recorded', () => {
    expect(renderNodes([done, skipped], 'local', plain)).to.equal(
      [
        'System  Deployment  Region     Result                            Resources  Emulated  Recorded  Seconds',
        'shop    base        us-east-1  ✔ created                                 5         3         2      1.3',
        'shop    zone        us-east-1  – skipped: HostedZoneId is given          0         0         0      0.0',
        '                               total                                     5         3         2      1.3',
        '',
      ].join('\n'),
    );
  });

  it('counts what was changed in a real account', () => {
    expect(renderNodes([{ ...done, outcome: 'unchanged', action: 'none', resources: 0 }], 'aws', plain)).to.match(/Result {7}Changed {2}Seconds\n.*✔ unchanged {8}0 {6}1\.3\n$/);
  });

  it('has a row for accounts that ended alike, and names those that failed', () => {
    const ended = (account: string, outcome: 'done' | 'failed' | 'cancelled') => ({ account, action: 'create', outcome, because: [] }) as const;
    const accounts = [...['1', '2', '4', '5'].map((digit) => ended(digit.repeat(12), 'done')), ended('333333333333', 'failed'), ended('666666666666', 'cancelled')];
    expect(renderNodes([{ ...done, accounts }], 'aws', plain).split('\n').slice(2)).to.deep.equal([
      '                      4 accounts    ✔ created',
      '                      333333333333  ✖ failed',
      '                      666666666666  – not begun',
      '',
    ]);
  });

  it('gives StackSets\' reason when no resource failed', () => {
    const failed: RolledNode = { ...done, outcome: 'failed', reason: 'Account 1 should have a role.', seconds: 4 };
    expect(renderStop({ nodes: [done, failed], message: 'x' }, plain)).to.match(/^✖ shop base in us-east-1 failed after 4\.0 s\n {2}Cause {3}Account 1 should have a role\.\n {2}Next/);
  });

  it('says how to go back after a failure, and after a rollback what went back, or the second failure too', () => {
    const failed: RolledNode = { ...done, outcome: 'failed', reason: 'No capacity.', seconds: 4 };
    const held = renderStop({ nodes: [done, failed], message: 'Rollout failed in shop base in us-east-1: No capacity. Correct it.' }, plain);
    expect(held).to.match(/the rest follows\n {10}or go back: meridian rollback shop production$/);
    const back = { exitCode: 0, nodes: [{ ...done, outcome: 'rolled-back' }], left: [] } as const;
    const message = 'Rollout failed in shop base in us-east-1: No capacity. What the rollout had changed went back to the version before. Correct the cause.';
    expect(renderStop({ nodes: [failed], message, rollback: back }, plain)).to.match(/\n {2}Next {4}What the rollout had changed went back to the version before\. Correct the cause\.$/);
    const again = renderStop({ nodes: [failed], message: 'Rollout failed. And going back failed too. Run it.', rollback: { ...back, nodes: [{ ...failed, reason: 'No network.' }] } }, plain);
    expect(again).to.match(/Cause {3}No capacity\.\n[^]*Cause {3}No network\.\n {2}Next {4}And going back failed too\. Run it\.$/);
    expect(renderNodes(back.nodes, 'aws', plain)).to.contain('✔ rolled back');
  });
});

describe('the status', () => {
  const row = (deployment: string, region: string, more: Partial<StatusRow>): StatusRow => ({ account: '111111111111', node: { ...node, deployment, region }, stackSet: 's', deployed: true, template: '8f31ab02', isBuilt: true, instanceStatus: 'CURRENT', ...more });

  it('has a line for each account where there are several', () => {
    const rows = ['1', '2'].map((digit) => row('base', 'us-east-1', { account: digit.repeat(12), updated: new Date('2026-11-22T11:58:00Z') }));
    expect(renderStatus(rows, new Date('2026-11-22T12:00:00Z'), plain).split('\n').slice(0, 3)).to.deep.equal(['shop production  Account       us-east-1', 'base             111111111111  ✔ 8f31ab02  2 min', '                 222222222222  ✔ 8f31ab02  2 min']);
  });

  it('tells what is out of order in each region', () => {
    const rows = [
      row('base', 'ap-southeast-1', { instanceStatus: 'OUTDATED', detailedStatus: 'CANCELLED' }),
      row('base', 'us-east-1', { isBuilt: false, updated: new Date('2026-11-22T11:58:00Z') }),
      row('edge', 'us-east-1', { instanceStatus: 'OUTDATED', detailedStatus: 'FAILED', statusReason: 'No capacity.' }),
      row('platform', 'us-east-1', { deployed: false }),
      row('platform', 'ap-southeast-1', { detailedStatus: 'RUNNING' }),
    ];
    expect(renderStatus(rows, new Date('2026-11-22T12:00:00Z'), plain).split('\n').map((line) => line.split(/ {2,}/).slice(1).join('|'))).to.deep.equal([
      'ap-southeast-1|us-east-1',
      '● 8f31ab02|OUTDATED|CANCELLED|▲ 8f31ab02|2 min|another template was built',
      '✖ 8f31ab02|OUTDATED|FAILED|No capacity.',
      '● 8f31ab02|RUNNING|–',
      '',
    ]);
  });
});

describe('other results', () => {
  it('of doctor end with what to do about what is missing', () => {
    const text = renderDoctor([{ name: 'node', ok: true, found: '20.20.2', wanted: '20.19 or newer' }, { name: 'git', ok: false, found: 'not on PATH', wanted: 'any version', fix: 'Install git.' }], plain);
    expect(text).to.match(/✔ {2}node .*\n✖ {2}git .*wanted: any version\n\n1 missing:\n {2}git: Install git\.\n$/);
  });

  it('of a destruction say when there was nothing', () => {
    expect(renderDestroyed({ exitCode: 0, nodes: [], kept: [] }, 'shop production', plain)).to.equal('Nothing of shop production stands here.\n');
  });

  it('of start lead to status only when the local AWS goes on', () => {
    const systems = [{ name: 'shop', environment: 'production' }];
    expect(nextSteps({ systems, seconds: 5, lifetime: 'own' }, plain)).not.to.contain('meridian status');
    expect(nextSteps({ systems, seconds: 5, lifetime: 'kept' }, plain)).to.contain('npx meridian status').and.to.contain('npx meridian check shop production');
  });
});

describe('colours', () => {
  const output = (isTTY: boolean, columns = 80) => ({ isTTY, columns, write: () => true });
  const terminal = (stdoutIsTerminal: boolean, env: NodeJS.ProcessEnv, columns?: number) =>
    processTerminal({ stdin: { isTTY: true }, stdout: output(stdoutIsTerminal), stderr: output(true, columns), env } as unknown as NodeJS.Process);

  it('appear on a terminal only, and never with NO_COLOR', () => {
    expect(terminal(true, {}).colors).to.equal(true);
    expect(terminal(false, {}).colors).to.equal(false);
    expect(terminal(true, { NO_COLOR: '1' }).colors).to.equal(false);
  });

  it('and repainting need a terminal that knows its width', () => {
    expect(terminal(true, {}).live).to.equal(true);
    expect(terminal(true, {}, 0).live).to.equal(false);
    expect(terminal(true, { TERM: 'dumb' }).live).to.equal(false);
  });
});
