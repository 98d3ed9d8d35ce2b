import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { meridian } from '../../src/cli/program';
import { readBranch } from '../../src/cli/git-branch';
import { checkout } from '../../src/toolchain';
import { planRoleName, rolloutRoleName } from '../../templates/bootstrap';
import { systems } from '../../templates/systems';
import { lookcard } from '../../templates/systems/lookcard';
import { workflowParser } from './workflow-parser';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean | string };
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: { readonly push: { readonly branches: readonly string[] }; readonly workflow_dispatch: { readonly inputs: Readonly<Record<string, { readonly options?: readonly string[] }>> }; readonly pull_request: unknown };
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(checkout, '.github/workflows');
const file = join(folder, 'deliver.yml');
const text = readFileSync(file, 'utf8');
const workflow = parse(text) as Workflow;
const jobs = Object.entries(workflow.jobs);
const steps = jobs.flatMap(([job, { steps: of }]) => of.map((step) => ({ job, ...step })));
const branches = [...lookcard.environments].sort();
const runs = (name: string): string => workflow.jobs[name]!.steps.map(({ run = '' }) => run).join('\n');
const roles = (name: string): string[] => workflow.jobs[name]!.steps.flatMap(({ with: given }) => (given?.['role-to-assume'] === undefined ? [] : [String(given['role-to-assume'])]));

/** Options and sub-commands of a `meridian` line that the program does not know. */
function unknownIn(line: string, root: Command): string[] {
  const [name = '', ...words] = line.split(/\s+/);
  const command = root.commands.find((each) => each.name() === name);
  if (!command) return [name];
  return words.filter((word) => word.startsWith('--') && !command.options.some(({ long }) => long === word));
}

describe('The GitHub workflow', () => {
  it('LKC-106 is one that GitHub takes, by its own parser', async () => {
    const parser = workflowParser();
    for (const name of readdirSync(folder)) expect(await parser.problemsOf(readFileSync(join(folder, name), 'utf8')), name).to.deep.equal([]);
    const wrong = await parser.problemsOf(text.replace('id-token: write', 'id-tokens: write').replace('${{ vars.AWS_ACCOUNT_ID }}', '${{ secretz.AWS_ACCOUNT_ID }}'));
    expect(wrong.map(({ message }) => message).join()).to.contain("Unexpected value 'id-tokens'").and.contain("Unrecognized named-value: 'secretz'");
  });

  it('LKC-106 tests as .ci/run does, before anything is rolled', () => {
    expect(runs('test')).to.contain('bash .ci/run');
    expect(existsSync(join(checkout, '.ci/run'))).to.equal(true);
    for (const done of ['scripts/setup.mjs', 'npm test', 'npm run build:templates', 'npm run check', 'npm run guard', 'npm run rollout']) expect(readFileSync(join(checkout, '.ci/run'), 'utf8')).to.contain(done);
    expect(workflow.jobs['rollout']!.needs).to.equal('test');
    for (const job of ['plan', 'rollout']) expect(runs(job)).to.match(/^node scripts\/setup\.mjs$/m);
  });

  it('LKC-106 pins every action by its commit and says which version that is', () => {
    const used = [...text.matchAll(/uses: (.+)/g)].map(([, line]) => line);
    expect(used.filter((line) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line!))).to.deep.equal([]);
    expect(used.length).to.equal(steps.filter(({ uses }) => uses !== undefined).length).and.to.be.greaterThan(5);
    const versions = new Map(used.map((line) => [line!.split('@')[0], line]));
    expect(new Set(used).size, 'one version of each').to.equal(versions.size);
  });

  it('LKC-106 gives each job no right that it does not need, and none to the workflow', () => {
    expect(workflow.permissions).to.deep.equal({});
    expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).to.deep.equal({
      test: { contents: 'read' },
      plan: { contents: 'read', 'id-token': 'write' },
      comment: { 'pull-requests': 'write' },
      rollout: { contents: 'read', 'id-token': 'write' },
    });
    expect(workflow.jobs['comment']!.steps.filter(({ uses }) => uses !== undefined), 'where comments can be written no code of the pull request is').to.deep.equal([]);
    expect(workflow.on).not.to.have.property('pull_request_target');
    for (const { uses = '', with: given } of steps) if (uses.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).to.equal(false);
  });

  it('LKC-106 has no secret, and hands what others write to scripts as variables only', () => {
    expect(text).not.to.match(/secrets\.|AWS_SECRET_ACCESS_KEY|AWS_ACCESS_KEY_ID|aws-access-key-id/);
    for (const { run = '' } of steps) expect(run).not.to.contain('${{');
    for (const { job, uses = '', with: given } of steps) if (uses.startsWith('actions/setup-node@') && job !== 'test') expect(given?.['package-manager-cache'], `${job} takes nothing from a cache that others fill`).to.equal(false);
  });

  it('LKC-106 plans on pull requests with the role that changes nothing, and keeps one comment', () => {
    expect(roles('plan')).to.deep.equal([`arn:aws:iam::\${{ vars.AWS_ACCOUNT_ID }}:role/${planRoleName}`]);
    const { if: when = '' } = workflow.jobs['plan']!;
    expect(when).to.contain("github.event_name == 'pull_request'").and.contain('head.repo.full_name == github.repository');
    const [, list = '[]'] = /fromJSON\('(\[.*?\])'\), github\.base_ref/.exec(when) ?? [];
    expect((JSON.parse(list) as string[]).sort()).to.deep.equal(branches);
    expect(workflow.jobs['plan']!).not.to.have.property('environment');
    expect(runs('comment')).to.contain('--method PATCH').and.contain('--method POST').and.contain('<!-- meridian plan -->');
  });

  it('LKC-106 rolls a push to each environment’s branch, one after another and never cancelled, behind that environment’s approval', () => {
    expect([...workflow.on.push.branches].sort()).to.deep.equal(branches);
    const { environment, concurrency, if: when } = workflow.jobs['rollout']!;
    expect(when).to.equal("github.event_name != 'pull_request'");
    expect(environment).to.equal('${{ inputs.environment || github.ref_name }}');
    expect(concurrency).to.deep.equal({ group: 'rollout-${{ inputs.environment || github.ref_name }}', 'cancel-in-progress': false });
    expect(roles('rollout')).to.deep.equal([`arn:aws:iam::\${{ vars.AWS_ACCOUNT_ID }}:role/${rolloutRoleName('${{ inputs.environment || github.ref_name }}')}`]);
    const session = workflow.jobs['rollout']!.steps.map(({ with: given }) => given?.['role-duration-seconds']).find((seconds) => seconds !== undefined);
    expect(session).to.equal(workflow.jobs['rollout']!['timeout-minutes']! * 60);
    for (const [name, job] of jobs) {
      expect(job['timeout-minutes'], name).to.be.a('number');
      expect(job.concurrency, name).to.have.property('group');
    }
  });

  it('LKC-106 takes LookCard’s environment from the branch, and any other system by inputs', () => {
    const line = /npx meridian rollout (.*)/.exec(runs('rollout'))?.[1] ?? '';
    expect(line).to.match(/^"\$SYSTEM" \$\{ENVIRONMENT:\+"\$ENVIRONMENT"\} /);
    const { SYSTEM, ENVIRONMENT } = workflow.jobs['rollout']!.steps.find(({ env }) => env?.['SYSTEM'])!.env!;
    expect([SYSTEM, ENVIRONMENT]).to.deep.equal(["${{ inputs.system || 'lookcard' }}", '${{ inputs.environment }}']);
    expect(workflow.on.workflow_dispatch.inputs['system']!.options).to.deep.equal(systems.map(({ name }) => name).filter((name) => name !== 'organization').sort());
    for (const branch of branches) {
      expect(readBranch(checkout, { GITHUB_REF_NAME: branch, GITHUB_REF_TYPE: 'branch' })).to.equal(branch);
      expect(readBranch(checkout, { GITHUB_BASE_REF: branch, GITHUB_REF_NAME: '7/merge', GITHUB_REF_TYPE: 'branch' })).to.equal(branch);
    }
  });

  it('LKC-106 runs commands that exist, with options that exist', () => {
    const program = meridian(() => Promise.resolve());
    const lines = [...steps.map(({ run = '' }) => run).join('\n').matchAll(/npx meridian ([^\n>]*)/g)].map(([, line = '']) => line);
    expect(lines.map((line) => line.split(' ')[0])).to.deep.equal(['plan', 'rollout']);
    for (const line of lines) expect(unknownIn(line, program), line).to.deep.equal([]);
    expect(unknownIn('rollout lookcard --yess', program)).to.deep.equal(['--yess']);
  });
});
