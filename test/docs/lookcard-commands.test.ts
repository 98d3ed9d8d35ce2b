import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { costs } from '../../scripts/cost';
import { meridian } from '../../src/cli/program';
import { checkoutWorkspace } from '../../src/cli/workspace';
import { checkout } from '../../src/toolchain';
import { lookcard } from '../../templates/systems/lookcard';
import { RememberedTerminal } from '../cli/support/terminal';
import { cellsOf, section } from './page-parts';
import { page } from './pages';

const { text } = page('docs/systems/lookcard-commands.md');
const rows = cellsOf(text, 'Terraform, Terragrunt and their helpers');
const here = (asked: string): string => rows.find(([theirs = '']) => theirs.includes(asked))?.[1] ?? '';
const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };

describe('LookCard’s page of commands', () => {
  it('LKC-105 has for init, plan, apply, fmt, refresh and cost a command that exists, or says that there is none', () => {
    const program = meridian(() => Promise.resolve());
    const wanted = { init: ['bootstrap'], plan: ['plan'], apply: ['rollout'], fmt: [], refresh: ['status', 'drift'], validate: ['check'], destroy: ['destroy'] };
    for (const [asked, expected] of Object.entries(wanted)) {
      const named = [...here(`terraform ${asked}`).matchAll(/npx meridian ([\w-]+)/g)].map(([, command]) => command);
      expect(named, asked).to.deep.equal(expected);
      for (const name of expected) {
        let help = '';
        program.commands.find((command) => command.name() === name)!.configureOutput({ writeOut: (part) => void (help += part) }).outputHelp();
        expect(help, name).to.match(/^Usage: meridian /).and.contain('\nChanges: ');
      }
    }
    expect(here('terraform fmt')).to.equal('none');
    expect(Object.keys(scripts)).not.to.include('fmt');
    expect(here('infracost')).to.equal('`npm run cost`');
  });

  it('LKC-105 names no script that is not there', () => {
    const files = [...text.matchAll(/scripts\/[\w-]+\.ts/g)].map(([name]) => name);
    expect(files).not.to.have.length(0);
    expect(files.filter((name) => !existsSync(join(checkout, name)))).to.deep.equal([]);
    expect([...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name).filter((name) => !(name in scripts))).to.deep.equal([]);
  });

  it('LKC-102 prints by "npm run cost" what a month of each environment costs, from its templates', async function () {
    this.timeout(120_000);
    expect(scripts['cost']).to.equal('ts-node scripts/cost.ts');
    const folder = mkdtempSync(join(tmpdir(), 'meridian-costs-'));
    const terminal = new RememberedTerminal();
    try {
      expect(await costs(['lookcard'], { ...checkoutWorkspace(), dist: join(folder, 'dist'), state: join(folder, 'state') }, terminal)).to.equal(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const totals = [...terminal.printed.matchAll(/^lookcard (\w+) +([\d,]+) USD a month/gm)].map(([, environment, usd = '']) => [environment, Number(usd.replaceAll(',', ''))] as const);
    expect(totals.map(([environment]) => environment)).to.deep.equal([...lookcard.environments]);
    for (const [environment, usd] of totals) expect(usd, environment).to.be.greaterThan(0);
    const of = new Map(totals);
    expect(of.get('production')).to.be.greaterThan(of.get('staging')!);
    expect(of.get('staging')).to.be.greaterThan(of.get('develop')!);
  });

  it('LKC-14 knows no .env file: the example lists variables that commands read, and none that is secret', () => {
    const example = readFileSync(join(checkout, '.env.example'), 'utf8');
    const names = [...example.matchAll(/^(\w+)=/gm)].map(([, name = '']) => name);
    expect(names).to.deep.equal(['AWS_PROFILE', 'MERIDIAN_PYTHON', 'NO_COLOR']);
    expect(example).not.to.match(/^\w*(SECRET|TOKEN|PASSWORD|CREDENTIAL|PRIVATE|ACCESS_KEY)\w*=/m);
    const ours = names.filter((name) => !name.startsWith('AWS_'));
    const code = ['src/cli', 'scripts/setup'].flatMap((folder) => readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|mjs)$/.test(file)).map((file) => readFileSync(join(checkout, folder, file), 'utf8'))).join('\n');
    for (const name of ours) expect(code, name).to.contain(name);
    expect(code).not.to.match(/dotenv|['"/]\.env\b/);
    expect(readdirSync(checkout).filter((name) => name.startsWith('.env'))).to.deep.equal(['.env.example']);
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Readonly<Record<'dependencies' | 'devDependencies', object>>;
    expect([...Object.keys(dependencies), ...Object.keys(devDependencies)].filter((name) => name.includes('dotenv'))).to.deep.equal([]);
  });

  it('LKC-14 says where configuration stands instead, and that no parameter takes a secret', () => {
    const said = section(text, 'Configuration, and no `.env`');
    for (const part of ['`templates/systems/lookcard/environments.ts`', '`parameters/lookcard/<environment>.yaml`', 'Secrets Manager', '`.env.example`']) expect(said).to.contain(part);
    for (const environment of lookcard.environments) {
      const names = lookcard.build(environment).deployments.flatMap(({ root, parameters }) => Object.keys(root.template.Parameters as object).filter((name) => parameters[name] === undefined || parameters[name].from === 'file'));
      expect(names.filter((name) => /password|token$|secretvalue|privatekey/i.test(name)), environment).to.deep.equal([]);
    }
  });

  it('LKC-108 has a picture of what stands in both regions, drawn from the templates', () => {
    const picture = page('docs/systems/lookcard-architecture.md').text;
    for (const part of ['ap-southeast-1, primary', 'us-east-1, secondary', 'CloudFront', 'REST API', 'network load balancer', 'RDS Proxy', 'Aurora PostgreSQL', 'global database', 'region-switch plan']) expect(picture).to.contain(part);
    for (const cluster of ['core-application', 'composite-application', 'listener', 'administrative', 'cronjob', 'supabase']) expect(picture).to.contain(`ECS cluster ${cluster}<br>`);
  });
});
