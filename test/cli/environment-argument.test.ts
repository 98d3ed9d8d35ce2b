import { expect } from 'chai';
import { Command } from 'commander';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillInEnvironment, neededEnvironment, optionalEnvironment } from '../../src/cli/environment-argument';
import { environmentOfBranch, readBranch } from '../../src/cli/git-branch';
import { runCommand } from '../../src/cli/main';
import { Interruption } from '../../src/cli/interruption';
import { defineSystem } from '../../src/cfn';
import { MeridianError } from '../../src/errors';
import { withVariables } from '../support/variables';
import { corner } from './support/corner';
import { RememberedTerminal } from './support/terminal';

const byBranch = defineSystem({
  name: 'cards',
  title: 'Cards',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'cards-{resource}-{environment}-{suffix}',
  costCenter: 'cards',
  compliance: 'soc2',
  branches: true,
  environments: { develop: { short: 'dev', settings: {} }, production: { short: 'prod', settings: {} } },
  deployments: (plan) => plan,
});

describe('the environment of a command', () => {
  let repository: string;
  const git = (...args: readonly string[]) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: repository, stdio: 'pipe' });
  const project = () => ({ project: repository, loadSystems: () => [byBranch, corner] });
  let putBack: (() => void) | undefined;

  before(() => {
    // As outside of a workflow, which would tell the branch.
    putBack = withVariables({ GITHUB_BASE_REF: undefined, GITHUB_REF_NAME: undefined, GITHUB_REF_TYPE: undefined });
    repository = mkdtempSync(join(tmpdir(), 'meridian-branch-'));
    git('init', '--quiet', '--initial-branch', 'develop');
    git('commit', '--quiet', '--allow-empty', '--message', 'first');
  });
  after(() => {
    putBack?.();
    rmSync(repository, { recursive: true, force: true });
  });

  /** The environment that a command would act on. */
  async function told(line: string, argument = neededEnvironment()): Promise<string | undefined> {
    let got: string | undefined;
    const command = new Command().argument('[system]').addArgument(argument).action((_system, environment: string | undefined) => void (got = environment));
    await command.hook('preAction', (_program, action) => fillInEnvironment(action, project())).parseAsync(line.split(' ').filter(Boolean), { from: 'user' });
    return got;
  }

  it('is the one that is told', async () => {
    expect(await told('cards production')).to.equal('production');
  });

  it('is the branch that is checked out, for a system whose environments are branches', async () => {
    expect(await told('cards')).to.equal('develop');
    expect(await told('cards', optionalEnvironment())).to.equal('develop');
  });

  it('is all of them where none is needed and no branch says one', async () => {
    expect(await told('corner', optionalEnvironment())).to.equal(undefined);
    expect(await told('', optionalEnvironment())).to.equal(undefined);
  });

  it('is asked for where one is needed', async () => {
    const terminal = new RememberedTerminal();
    const workspace = { ...project(), dist: '', parameters: '', state: '' };
    expect(await runCommand(['rollout', 'corner'], { workspace, terminal, interruption: new Interruption(() => undefined) })).to.equal(2);
    expect(terminal.told.join('\n')).to.contain('Argument <environment>: it is missing. Give one of production, develop.');
  });

  it('is none of a branch of another name, nor of a commit', async () => {
    git('switch', '--quiet', '--create', 'topic/cards');
    const refused = async (): Promise<unknown> => told('cards').then(() => undefined, (error: unknown) => error);
    expect(await refused()).to.be.instanceOf(MeridianError).with.property('message', 'Branch: "topic/cards" is no environment of cards. Check out one of develop, production, or name the environment after the system.');
    git('switch', '--quiet', '--detach');
    expect(await refused()).to.be.instanceOf(MeridianError).with.property('message', 'Branch: no branch is checked out, and cards takes its environment from it. Check out one of develop, production, or name the environment after the system.');
  });

  it('is in a workflow the branch that it runs for: of a pull request its target', () => {
    expect(readBranch(repository, { GITHUB_REF_NAME: 'production', GITHUB_REF_TYPE: 'branch' })).to.equal('production');
    expect(readBranch(repository, { GITHUB_REF_NAME: '12/merge', GITHUB_REF_TYPE: 'branch', GITHUB_BASE_REF: 'develop' })).to.equal('develop');
    expect(readBranch(repository, { GITHUB_REF_NAME: 'v1', GITHUB_REF_TYPE: 'tag' })).to.equal(undefined);
  });

  it('says what the branch would have to be', () => {
    expect(environmentOfBranch('develop', byBranch)).to.equal('develop');
    expect(() => environmentOfBranch('main', byBranch)).to.throw(MeridianError, 'develop, production');
  });
});
