import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interruption } from '../../src/cli/interruption';
import { runReach } from '../../src/cli/run/reach';
import { checkout } from '../../src/toolchain';
import { systems } from '../../templates/systems';
import { RememberedTerminal } from '../cli/support/terminal';
import { fences, page } from './pages';

describe('Examples on the page about reachability', function () {
  this.timeout(20_000);
  const folder = mkdtempSync(join(tmpdir(), 'meridian-reach-page-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { note = '', code } of fences(page('docs/reachability.md'))) {
    const [, line = ''] = /^printed: meridian reach (.+)$/.exec(note) ?? [];
    it(`are what the command prints: meridian reach ${line}`, async () => {
      const [system = '', environment = '', ...options] = line.split(' ');
      const valueOf = (name: string): string | undefined => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
      const terminal = new RememberedTerminal();
      const workspace = { project: checkout, dist: join(folder, 'dist'), parameters: join(checkout, 'parameters'), state: join(folder, '.meridian'), loadSystems: () => systems };
      await runReach({ terminal, workspace, interruption: new Interruption(() => undefined) }, { system, environment, from: valueOf('--from'), to: valueOf('--to') });
      expect(code).to.equal(terminal.printed);
    });
  }
});
