import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/build/build';
import { defineSystem, Fn } from '../../src/cfn';
import { Parameter } from '../../src/cfn/generated/ssm';
import { readCommit } from '../../src/cli/git-commit';
import { deployParameters } from '../../src/cli/run/deploy-parameters';
import { withVariables } from '../support/variables';

const text = { Type: 'String', Default: 'unknown' } as const;

/** A system whose one resource says what was rolled, and one that does not ask. */
const systemOf = <const P extends Record<string, typeof text>>(name: string, parameters: P) =>
  defineSystem({
    name,
    title: name,
    regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: name,
    compliance: 'none',
    environments: { test: { short: 'tst', settings: {} } },
    deployments: (plan) =>
      plan.deploy('base', { description: name, regions: { create: ['us-east-1'], update: ['us-east-1'] }, parameters }, (root) => {
        root.add('Release', new Parameter({ Type: 'String', Value: Fn.Join(' ', ['rolled', ...Object.keys(parameters).map((parameter) => Fn.Ref(parameter))]) }));
        return { wires: {} };
      }),
  });

describe('what is rolled, as parameters', () => {
  let folder: string;
  const git = (...args: readonly string[]) => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder, encoding: 'utf8' }).trim();
  const values = (system: string, project = folder) => deployParameters({ dist: join(folder, 'dist'), parameters: join(folder, 'parameters'), project }, { system, environment: 'test' }).values;
  let putBack: (() => void) | undefined;

  before(async () => {
    putBack = withVariables({ GITHUB_BASE_REF: undefined, GITHUB_REF_NAME: undefined, GITHUB_REF_TYPE: undefined });
    folder = mkdtempSync(join(tmpdir(), 'meridian-release-'));
    git('init', '--quiet', '--initial-branch', 'develop');
    writeFileSync(join(folder, '.gitignore'), 'dist\nparameters\n');
    git('add', '.gitignore');
    git('commit', '--quiet', '--message', 'first');
    await build({ dist: join(folder, 'dist'), systems: [systemOf('asks', { GitBranch: text, GitCommit: text }), systemOf('asks-not', { Other: text })] });
  });
  after(() => {
    putBack?.();
    rmSync(folder, { recursive: true, force: true });
  });

  it('come from git for a system that has parameters for them', () => {
    expect(values('asks')).to.deep.equal({ GitBranch: 'develop', GitCommit: git('rev-parse', 'HEAD') });
    expect(values('asks-not')).to.deep.equal({});
  });

  it('are those of the file, where it gives them', () => {
    mkdirSync(join(folder, 'parameters', 'asks'), { recursive: true });
    writeFileSync(join(folder, 'parameters', 'asks', 'test.yaml'), 'parameters:\n  GitBranch: mine\n');
    expect(values('asks')).to.deep.equal({ GitBranch: 'mine', GitCommit: git('rev-parse', 'HEAD') });
    rmSync(join(folder, 'parameters'), { recursive: true });
  });

  it('say that files were changed since the commit', () => {
    writeFileSync(join(folder, '.gitignore'), 'dist\nparameters\nmore\n');
    expect(readCommit(folder)).to.equal(`${git('rev-parse', 'HEAD')}-dirty`);
    git('checkout', '--quiet', '.gitignore');
    expect(readCommit(folder)).to.equal(git('rev-parse', 'HEAD'));
  });

  it('name the commit and no tag of it', () => {
    git('tag', '-a', 'v1', '-m', 'first release');
    expect(readCommit(folder)).to.equal(git('rev-parse', 'HEAD'));
  });

  it('are left to the template where there is no repository', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'meridian-none-'));
    expect(values('asks', elsewhere)).to.deep.equal({});
    rmSync(elsewhere, { recursive: true });
  });
});
