import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CommanderError } from 'commander';
import * as fc from 'fast-check';
import { Interruption } from '../../src/cli/interruption';
import { runCommand } from '../../src/cli/main';
import { meridian } from '../../src/cli/program';
import { account, corner } from '../cli/support/corner';
import { realMeridian } from '../cli/support/corner-folder';
import { RememberedTerminal } from '../cli/support/terminal';
import { contentsOf } from './support/contents';
import { hostileText } from './support/hostile';
import { expectNamedCause } from './support/named-cause';
import { runs } from './support/runs';

/** A text as a shell can hand it over: without the character that ends it. */
const argument = hostileText.map((text) => text.replaceAll('\u0000', ''));
/** One that stands for itself wherever it is put. */
const value = argument.filter((text) => !text.startsWith('-'));

const commands = ['start', 'build', 'check', 'rollout', 'status', 'destroy', 'local', 'doctor', 'help', 'local start', 'local stop', 'local status'].map((line) => line.split(' '));
const options = ['--json', '--keep', '--progress', '--templates', '--regions', '--parameters', '--sarif', '--junit', '--no-cache', '--target', '--account', '--suffix', '--wait', '--region', '--unprotected', '--yes', '-y', '--port', '--help', '-h', '--version', '-V', '--'];

describe('a command line with anything in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-fuzz-'));
  const python = join(folder, 'python');
  const started = join(folder, 'started');
  const workspace = { project: folder, dist: join(folder, 'dist'), parameters: join(folder, 'parameters'), state: join(folder, '.meridian'), localAws: { python }, loadSystems: () => [account, corner] };
  before(() => {
    writeFileSync(python, `#!/bin/sh\ntouch '${started}'\nexit 1\n`);
    chmodSync(python, 0o755);
    mkdirSync(join(folder, 'templates'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is understood, answered by help, or refused with a cause', async () => {
    const words = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...commands) }, { weight: 3, arbitrary: fc.constantFrom(...options).map((option) => [option]) }, { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...options), argument).map(([option, text]) => [`${option}=${text}`]) }, { weight: 3, arbitrary: argument.map((text) => [text]) }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(words, async (groups) => {
        const terminal = new RememberedTerminal();
        try {
          await meridian(() => Promise.resolve(), terminal).parseAsync(groups.flat(), { from: 'user' });
        } catch (error) {
          if (error instanceof CommanderError && error.exitCode === 0) expect(terminal.printed).not.to.equal('');
          else expectNamedCause(error);
        }
      }),
      runs(600),
    );
  });

  /** Command lines of which one word is surely wrong. */
  const wrongNumber = value.filter((text) => !/^\d+$/.test(text));
  const stranger = value.filter((text) => !['account', 'corner', 'shared', 'production', 'develop'].includes(text));
  const acting = fc.constantFrom('rollout', 'destroy', 'status');
  const wrongLine: fc.Arbitrary<readonly string[]> = fc.oneof(
    stranger.filter((text) => !['', 'help', ...commands.flat()].includes(text)).map((text) => [text]),
    fc.tuple(fc.constantFrom(...commands.filter(([name]) => name !== 'help')), value).map(([command, text]) => [...command, `--x${text}`]),
    fc.tuple(fc.constantFrom('build', 'check'), stranger, value).map(([command, system, environment]) => [command, system, environment]),
    fc.tuple(acting, stranger, value).map(([command, system, environment]) => [command, system, environment]),
    fc.tuple(fc.constantFrom('build', 'check', 'rollout', 'destroy'), stranger).map(([command, environment]) => [command, 'corner', environment]),
    fc.tuple(fc.constantFrom('rollout', 'destroy', 'status'), value).map(([command, extra]) => [command, 'corner', 'production', extra]),
    fc.tuple(acting, fc.constantFrom('--suffix', '--account', '--target'), value.filter((text) => !/^[a-z0-9]{1,6}$|^\d{12}$/.test(text))).map(([command, option, text]) => [command, 'corner', 'production', option, text]),
    wrongNumber.map((text) => ['local', 'start', '--port', text]),
    wrongNumber.map((text) => ['rollout', 'corner', 'production', '--wait', text]),
    fc.tuple(fc.constantFrom('start', 'rollout'), stranger.filter((text) => text !== 'live')).map(([command, text]) => [command, ...(command === 'rollout' ? ['corner', 'production'] : []), '--progress', text]),
    acting.map((command) => [command, 'corner', 'production', '--target', 'aws']),
    value.map((text) => ['rollout', 'corner', 'production', '--parameters', text === '' ? text : `nowhere/${text}`]),
    value.map((text) => ['rollout', 'corner', 'production', '--suffix', 'blue', '--suffix', `X${text}`]),
    value.map((text) => ['check', '--templates', text === '' ? text : `nowhere/${text}`]),
    value.map((text) => ['check', '--templates', join(folder, 'templates'), '--regions', `${text}-`]),
    value.map((text) => ['check', 'corner', '--templates', `./${text}`]),
    value.map((text) => ['check', '--parameters', `./${text}`]),
    fc.constantFrom('--sarif', '--junit').map((option) => ['check', 'corner', option, folder]),
    acting.map((command) => [command, '--', '--json']),
  );

  it('that is wrong ends with 2 and a cause, starts no local AWS and writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(wrongLine, fc.boolean(), async ([command = '', ...rest], json) => {
        const terminal = new RememberedTerminal();
        const before = contentsOf(folder);
        const exitCode = await runCommand([command, ...(json ? ['--json'] : []), ...rest], { workspace, terminal, interruption: new Interruption((text) => terminal.tell(text)) });
        const said = terminal.told.join('\n');
        expect(exitCode, said).to.equal(2);
        expect(said).to.match(/^[^\s:][^]*[:.] [^]*[.?]$/).and.not.match(/\n\s+at .*:\d+:\d+/);
        if (terminal.printed !== '') expect(JSON.parse(terminal.printed)).to.include({ exitCode: 2, error: said });
        expect(existsSync(started), 'the local AWS was started').to.equal(false);
        expect(contentsOf(folder)).to.deep.equal(before);
      }),
      runs(250),
    );
  });

  for (const line of [['rollout', '__proto__', 'constructor'], ['check', '--templates', 'a\nb'], ['status', '東京', '', '--json'], ['destroy', '-'.repeat(3_000)], ['local', 'start', '--port', '1\u001b[31m']]) {
    it(`ends the real command with 2 and without a stack trace: ${JSON.stringify(line).slice(0, 60)}`, async () => {
      const { code, stdout, stderr } = await realMeridian(line);
      expect(code, stderr).to.equal(2);
      expect(stderr.trim()).to.match(/^\S[^]*[.?]$/).and.not.match(/\n\s+at |\u001b/);
      if (line.includes('--json')) expect(JSON.parse(stdout)).to.include({ exitCode: 2 });
      else expect(stdout).to.equal('');
    }).timeout(20_000);
  }
});
