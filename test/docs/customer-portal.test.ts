import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { render } from '../../src/cfn/render';
import { checkout } from '../../src/toolchain';
import { customerPortal } from '../../templates/systems/customer-portal';
import { compute } from '../../templates/systems/customer-portal/compute';
import { databaseName, databaseUser } from '../../templates/systems/customer-portal/database-names';
import { environments } from '../../templates/systems/customer-portal/environments';
import { objectives } from '../../templates/systems/customer-portal/objectives';
import { parameters } from '../../templates/systems/customer-portal/parameters';
import { contextOf } from '../templates/customer-portal/built';
import { inOrder } from './in-order';
import { cellsOf, section } from './page-parts';
import { code, page, pages } from './pages';
import { ranShare } from './ran-share';

const portal = page('docs/systems/customer-portal.md');
const { text } = portal;
const table = page('docs/systems/customer-portal-requirements.md').text;
const folder = 'docs/runbooks/customer-portal/';
const runbook = (name: string): string => page(`${folder}${name}.md`).text;
const { settings } = environments.production;
const tests = join(checkout, 'test/templates/customer-portal');
const differences = cellsOf(section(text, 'Where it differs from what was asked, and why'), 'Wish');

/** What the page builds in place of a wish, and why. */
const difference = (id: string): string => differences.filter(([wish = '']) => wish.split(/[ ,]+/).includes(id)).map(([, ...cells]) => cells.join(' ')).join('\n');

/** The list items and paragraphs that name an id, in one line. */
const passage = (id: string): string => text.split(/\n\n|\n(?=[-|] ?)/).filter((part) => part.includes(id)).join('\n').replaceAll(/\s+/g, ' ');

describe('The page of the customer portal', () => {
  it('CUS-05 says what replaced the CDK, and by which command templates are made', () => {
    expect(difference('CUS-05')).to.match(/TypeScript that emits CloudFormation; `npm run synth` in place of `cdk synth`/);
    const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
    expect(scripts['synth']).to.equal('node bin/meridian.js build');
  });

  it('CUS-10 leads to what NAT instances really save', () => {
    const nat = page('docs/systems/customer-portal-nat.md').text;
    const [small = []] = cellsOf(nat, 'One zone, one month').filter(([type]) => type === (settings.nat.mode === 'instance' ? settings.nat.instanceType : ''));
    expect(difference('CUS-10')).to.contain(`${Math.round(Number(small[5]))} for an idle zone`).and.to.contain('(customer-portal-nat.md#nat-instance-or-gateway)');
  });

  for (const id of ['CUS-01', 'CUS-05', 'CUS-09', 'CUS-10', 'CUS-18', 'CUS-33', 'CUS-38', 'CUS-45', 'CUS-46', 'CUS-48', 'CUS-60', 'CUS-62', 'CUS-64', 'CUS-66', 'CUS-83']) {
    it(`says of ${id} what is built, and why it differs`, () => {
      const [built = '', because = ''] = differences.find(([wish = '']) => wish.split(/[ ,]+/).includes(id))?.slice(1) ?? [];
      expect(built).not.to.equal('');
      expect(because).not.to.equal('');
    });
  }

  it('names the figures of the settings where it names figures', () => {
    const { api, database, logRetentionDays, logArchiveDays, services } = settings;
    expect(difference('CUS-18')).to.contain(`frontend ${services.frontend.onDemandTasks === 2 ? 'two' : '?'} tasks on demand`);
    expect(difference('CUS-33')).to.contain(`${database.minimumCapacity} to ${database.maximumCapacity} ACU`);
    expect(difference('CUS-45')).to.contain(`${api.requestsPerSecond.toLocaleString('en')} requests a second, ${api.burst.toLocaleString('en')} at once, ${api.requestsPerMonth === 10_000_000 ? 'ten' : '?'} million a month`);
    expect(difference('CUS-60')).to.contain(`${logRetentionDays} days in CloudWatch, and copies of all in S3 for ${logArchiveDays}`);
    expect(section(text, 'Availability')).to.contain(`The objective is ${objectives.goodPercent} %`);
  });

  it('CUS-75 leads to the controls that the check writes, and says which are the owner’s', () => {
    const controls = section(text, 'Controls');
    expect(controls).to.contain('(../controls.md#pci-dss-401)').and.to.contain('PCI DSS').and.to.contain('SOC 2').and.to.contain('waivers.ts');
    const owners = cellsOf(controls, 'Control');
    expect(owners.length).to.be.greaterThan(5);
    for (const [control, what] of owners) expect([control, what]).not.to.include('');
    for (const standard of ['PCI DSS', 'SOC 2']) expect(owners.some(([control]) => control?.includes(standard)), standard).to.equal(true);
  });

  it('CUS-79 shows what a month costs, by what costs it, by environment and by region', () => {
    const cost = section(text, 'Cost');
    expect(cost).to.contain('cost of customer-portal -->').and.to.contain('npx meridian cost customer-portal production').and.to.contain('us-east-1 + ap-southeast-1');
    const rows = cellsOf(cost, 'USD a month');
    expect(rows.map(([name]) => name)).to.include.members(['Network', 'Database', 'Tables', 'API', 'Edge', '**By region**', '**All**']);
    for (const [name, ...amounts] of rows) if (!['**All**', 'Budget'].includes(name!)) for (const amount of amounts) expect(amount, name).to.match(/^[\d,]+ \+ [\d,]+$/);
  });

  it('CUS-81 leads from every id of the list to tests that show it, through all eight groups', () => {
    expect(passage('CUS-81')).to.contain('(customer-portal-requirements.md)');
    const requirements = parse(readFileSync(join(checkout, 'test/requirements/customer-portal.yaml'), 'utf8')) as Readonly<Record<string, { readonly fact: string }>>;
    const rows = cellsOf(table, 'Group');
    expect(rows.map(([, id]) => id)).to.deep.equal(Object.keys(requirements));
    expect(rows.filter(([, , , shown]) => !shown?.includes('.test.ts)')).map(([, id]) => id)).to.deep.equal([]);
    const groups = rows.flatMap(([group = '']) => (group === '' ? [] : [group.replaceAll('*', '')]));
    expect(groups).to.include.members(['Network', 'Containers', 'Load balancing', 'Database', 'Sessions (DynamoDB)', 'API Gateway', 'CDN', 'Monitoring']);
  });

  it('CUS-83 says where the files of a CDK scaffold are here', () => {
    const rows = cellsOf(passage('CUS-83').includes('CDK scaffold') ? text.replaceAll(/^ {2}\|/gm, '|') : '', 'CDK scaffold');
    const here = Object.fromEntries(rows) as Readonly<Record<string, string>>;
    expect(here['`lib/tap-stack.ts`']).to.contain('`templates/systems/customer-portal/index.ts`');
    expect(here['`tap.ts` in `bin/`']).to.equal('`bin/meridian.js`');
    for (const file of ['templates/systems/customer-portal/index.ts', 'templates/modules', 'bin/meridian.js']) expect(existsSync(join(checkout, file)), file).to.equal(true);
  });

  it('CUS-85 names the tests of connectivity, which are there', () => {
    const said = passage('CUS-85');
    for (const name of ['reachability.test.ts', 'rollout.test.ts']) {
      expect(said).to.contain(`(../../test/templates/customer-portal/${name})`);
      expect(existsSync(join(tests, name)), name).to.equal(true);
    }
    expect(section(text, 'Deploy it')).to.contain('`https://<domain>/api/health` must answer 200');
  });

  it('CUS-86 says how to deploy and destroy it, step by step', () => {
    inOrder(section(text, 'Deploy it'), ['npx meridian check customer-portal production', 'npx meridian rollout customer-portal production', 'npx meridian destroy customer-portal production', '`parameters/customer-portal/production.yaml`', 'npx meridian plan customer-portal production --target aws', 'delegated', 'registry of us-east-1', '(../runbooks/customer-portal/first-schema.md)', '(../runbooks/customer-portal/api-keys.md)']);
    expect(page('README.md').text).to.contain('(docs/systems/customer-portal.md)').and.to.contain('(docs/runbooks/customer-portal/first-schema.md)');
    const rows = cellsOf(section(page('docs/parameters.md').text, 'Customer portal'), 'Parameter');
    expect(rows.map(([name]) => name)).to.include.members(Object.keys(parameters).map((name) => `\`${name}\``));
  });

  it('warns that production is not protected, and says what destroys it', () => {
    expect(section(text, 'Environments').replaceAll(/\s+/g, ' ')).to.contain('**production has no deletion protection, no final snapshot and no retained bucket** (CUS-66)').and.to.contain('`npx meridian destroy`');
  });

  it('says of each environment variable, port, path and user what the templates give the images', () => {
    const contract = section(text, 'What the images must do');
    const template = render(compute.build(contextOf('production')).template);
    const variables = [...new Set([...contract.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name = '']) => name))].sort();
    expect(variables).to.deep.equal(['DB_NAME', 'DB_PORT', 'DB_READER_HOST', 'DB_USER', 'DB_WRITER_HOST', 'SESSIONS_TABLE', 'SESSION_TOKENS_TABLE']);
    for (const name of variables) expect(template).to.contain(`"Name": "${name}"`);
    expect(contract).to.contain(`\`frontend\` listens on port ${settings.services.frontend.port}, \`backend\` on ${settings.services.backend.port}`).and.to.contain(`as \`${databaseUser}\` by an IAM token`);
    for (const path of Object.values(settings.healthPaths)) expect(contract).to.contain(`| \`${path}\``);
  });

  it('leads to every runbook', () => {
    const all = pages.filter(({ file }) => file.startsWith(folder)).map(({ file }) => file.slice(folder.length, -'.md'.length));
    expect(all).to.have.length.greaterThan(8);
    expect(all.filter((name) => !text.includes(`(../runbooks/customer-portal/${name}.md)`))).to.deep.equal([]);
  });
});

describe('The quality of the customer portal’s code', () => {
  it('CUS-84 has tests of its own for each nested template', () => {
    expect(passage('CUS-84')).to.contain('Each nested template has unit tests of its own').and.to.contain('--prove customer-portal');
    const templates = customerPortal.build('production').deployments.flatMap(({ templates: of }) => [...of.keys()]).filter((name) => name !== 'root');
    expect(templates).to.have.length.greaterThan(10);
    const sources = readdirSync(tests).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(tests, file), 'utf8'));
    expect(templates.filter((name) => !sources.some((source) => source.includes(`systems/customer-portal/${name}'`)))).to.deep.equal([]);
  });

  it('CUS-84 has nine of ten functions of its builders run when its environments are built', function () {
    this.timeout(30_000);
    const run = "const { customerPortal } = require('./templates/systems/customer-portal'); for (const each of customerPortal.environments) customerPortal.build(each);";
    const { share, files } = ranShare(run, /\/templates\/(modules|systems\/customer-portal)\//);
    expect(files).to.be.greaterThan(80);
    expect(share).to.be.at.least(0.9);
  });

  it('CUS-88 is what the page says: strict TypeScript in which no builder takes or gives any', () => {
    expect(passage('CUS-88')).to.contain('TypeScript is strict').and.to.contain('no builder takes or gives `any`');
    const { compilerOptions } = JSON.parse(readFileSync(join(checkout, 'tsconfig.json'), 'utf8')) as { readonly compilerOptions: Readonly<Record<string, unknown>> };
    expect(compilerOptions).to.include({ strict: true, noUncheckedIndexedAccess: true, noUnusedLocals: true, noUnusedParameters: true });
    const builders = ['templates/modules', 'templates/systems/customer-portal', 'src/cfn'].flatMap((root) =>
      readdirSync(join(checkout, root), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.startsWith('generated')).map((file) => `${root}/${file}`),
    );
    expect(builders).to.have.length.greaterThan(100);
    const loose = builders.filter((file) => /[:<|(,] ?any\b(?! ?\()|\bas any\b|@ts-(?:ignore|nocheck)/.test(readFileSync(join(checkout, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, '')));
    expect(loose).to.deep.equal([]);
  });
});

describe('The runbooks of the customer portal', () => {
  it('CUS-64 fail over: decide, keep the old primary out, move the database, verify', () => {
    inOrder(runbook('failover'), ['## 1. Decide', 'AuroraGlobalDBRPOLag', 'update-health-check --health-check-id "$CHECK" --disabled --inverted', '--action activate --mode ungraceful', 'aws rds failover-global-cluster', '--allow-data-loss', 'aws rds describe-global-clusters', '**Rollouts are refused**', '(failback.md)']);
    expect(runbook('failover')).to.contain(`each gives up after ${settings.switchStepTimeoutMinutes === 15 ? 'fifteen' : '?'} minutes`).and.to.contain('The alarm stands in us-east-1');
  });

  it('CUS-64 fail back without loss: writer home first, users after it', () => {
    inOrder(runbook('failback'), ['aws route53 get-health-check ', 'SynchronizationStatus', 'get-plan-evaluation-status', '--action activate --mode graceful', 'aws rds switchover-global-cluster', '--no-disabled --no-inverted', 'npx meridian rollout customer-portal production']);
    expect(runbook('failback')).not.to.match(/^aws .*(--allow-data-loss|--mode ungraceful)/m);
  });

  it('CUS-11 replace a NAT instance successor first, and patch it by replacing it', () => {
    inOrder(runbook('nat-instance'), ['describe-scaling-activities', 'start-instance-refresh', 'MinHealthyPercentage=100,MaxHealthyPercentage=200', 'terminate-instance-in-auto-scaling-group', '(../../systems/customer-portal-nat.md#changing-it)']);
  });

  it('CUS-47 issue a key with one value in both regions, and end the old one only after the client has changed', () => {
    inOrder(runbook('api-keys'), ['--add-replica-regions', 'create-api-key', 'create-usage-plan-key', '## Rotate', 'get-usage', 'path=/enabled,value=false', 'delete-api-key']);
    expect(code(page(`${folder}api-keys.md`)).filter((line) => line.includes('create-api-key')).join()).to.contain('--value "$VALUE"');
  });

  it('CUS-60 let an auditor read the archive as long as the settings keep it', () => {
    expect(runbook('log-archive').replaceAll(/\s+/g, ' ')).to.contain(`there they stay ${settings.logRetentionDays} days, in the archive ${settings.logArchiveDays}`);
    expect(runbook('log-archive')).to.contain('select(.logGroup == $group)').and.to.contain('copy the bucket before you');
  });

  it('make the backend’s user with an IAM token, and no password in a statement', () => {
    expect(runbook('first-schema')).to.contain(`dbname=${databaseName} user=portal_admin`).and.to.contain(`CREATE USER ${databaseUser};\nGRANT rds_iam TO ${databaseUser};`);
    expect(runbook('first-schema')).not.to.match(/PASSWORD '/);
  });
});
