import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { cliDocs, cliDocsFile } from '../../scripts/generate-cli-docs/cli-docs';
import { meridian } from '../../src/cli/program';
import { checkout } from '../../src/toolchain/checkout';
import { realMeridian } from './support/corner-folder';

/** Sub-commands that do something, by the line that calls them. */
function actions(command: Command, parents = ''): (readonly [string, Command])[] {
  const name = `${parents}${command.name()}`;
  return command.commands.length > 0 ? command.commands.flatMap((each) => actions(each, `${name} `)) : [[name, command]];
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part) }).outputHelp();
  return text;
}

describe('the help of the meridian command', () => {
  for (const [name, command] of actions(meridian(() => Promise.resolve()))) {
    it(`of ${name} says what it changes, shows an example and offers JSON`, () => {
      const help = helpOf(command);
      expect(help).to.match(/\nChanges: \S/);
      expect(help).to.match(/\nExamples:\n {2}(?:meridian|npm start)/);
      expect(help).to.contain('--json');
    });
  }

  it('is what docs/cli.md says; "npm run generate:cli-docs" brings it up to date', () => {
    expect(readFileSync(cliDocsFile, 'utf8')).to.equal(cliDocs());
  });

  it('comes from the command itself with exit code 0 and the list of exit codes', async () => {
    const { code, stdout, stderr } = await realMeridian(['--help']);
    expect(stdout).to.match(/^Usage: meridian .*Exit codes:.*4 {2}stopped/s);
    expect(stderr).to.equal('');
    expect(code).to.equal(0);
  });

  it('loads neither templates nor the AWS SDK, so that it comes at once', () => {
    const script = `require('./src/cli/program').meridian(() => Promise.resolve());
      process.stdout.write(Object.keys(require.cache).filter((file) => /@aws-sdk|cloudform|listr2|\\/(templates|rollout|build)\\//.test(file)).join());`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register', '-e', script], { cwd: checkout, encoding: 'utf8' });
    expect(stderr).to.equal('');
    expect(stdout).to.equal('');
  });
});
