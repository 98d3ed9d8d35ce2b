import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { render } from '../../src/cfn/render';
import { checkout } from '../../src/toolchain';
import { financialPortal } from '../../templates/systems/financial-portal';
import { compute } from '../../templates/systems/financial-portal/compute';
import { databaseUser } from '../../templates/systems/financial-portal/database-names';
import { drill } from '../../templates/systems/financial-portal/drill';
import { environments } from '../../templates/systems/financial-portal/environments';
import { parameters } from '../../templates/systems/financial-portal/parameters';
import { recoveryTargets } from '../../templates/systems/financial-portal/recovery';
import { requirement } from '../requirements/requirement';
import { contextOf, environmentNames } from '../templates/financial-portal/built';
import { wholePortal } from '../templates/financial-portal/whole';
import { inOrder } from './in-order';
import { cellsOf, section } from './page-parts';
import { page, pages } from './pages';
import { ranShare } from './ran-share';

const { text } = page('docs/systems/financial-portal.md');
const { text: slo } = page('docs/systems/financial-portal-slo.md');
const folder = 'docs/runbooks/financial-portal/';
const runbook = (name: string): string => page(`${folder}${name}.md`).text;
const { settings } = environments.production;

/** The list items and table rows that name an id, in one line. */
const passage = (id: string): string => text.split(/\n\n|\n(?=[-|] ?)/).filter((part) => part.includes(id)).join('\n').replaceAll(/\s+/g, ' ');

/** `90 s` or `14 min 30 s` as seconds. */
const secondsOf = (cell: string): number => [...cell.matchAll(/([\d.]+) (min|s)\b/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (unit === 'min' ? 60 : 1), 0);

describe('The page of the financial portal', () => {
  it('FIN-09 says what replaced Terraform, and what its notions are here', () => {
    expect(passage('FIN-09')).to.match(/There is no Terraform: TypeScript emits CloudFormation/).and.to.match(/npx meridian rollout financial-portal production/);
    expect(passage('FIN-09')).to.match(/HCL variables are Parameters, modules are nested templates/);
  });

  it('FIN-33 names the countries that are blocked, who owns the list, and when they review it', () => {
    const names = new Intl.DisplayNames('en', { type: 'region' });
    const [last, ...others] = settings.blockedCountries.map((code) => names.of(code)!).reverse();
    expect(passage('FIN-33')).to.contain(`${others.reverse().join(', ')} and ${last}`);
    const review = section(text, 'Sanctioned countries').replaceAll(/\s+/g, ' ');
    expect(review).to.contain('FIN-33').and.to.match(/The list is compliance's: they review it each quarter, and within a day when a sanctions authority changes its own/).and.to.match(/a pull request with their approval/);
  });

  it('FIN-41 leads from what may be lost to its runbook, and every runbook is led to', () => {
    const rows = cellsOf(section(text, 'When something is lost'), 'Lost');
    const led = (cells: readonly string[] | undefined): string[] => [...(cells?.[3] ?? '').matchAll(/runbooks\/financial-portal\/([a-z-]+)\.md/g)].map(([, name = '']) => name);
    expect(led(rows.find(([lost]) => lost === 'the first region'))).to.deep.equal(['failover', 'failback']);
    expect(led(rows.find(([lost]) => lost === 'trust in all this'))).to.deep.equal(['game-day']);
    const all = pages.filter(({ file }) => file.startsWith(folder)).map(({ file }) => file.slice(folder.length, -'.md'.length));
    expect(all.filter((name) => !text.includes(`(../runbooks/financial-portal/${name}.md)`))).to.deep.equal([]);
  });

  it('FIN-62 leads to how costs are allocated, and that page tells it', () => {
    expect(text).to.contain('(financial-portal-slo.md)');
    expect(section(slo, 'What it costs, and who pays')).to.contain('aws ce update-cost-allocation-tags-status').and.to.contain('`CostCenter`').and.to.contain('**Until then the budget counts nothing and stays silent.**');
  });

  it('FIN-69 leads to a table of all variables, each with what it is, its form and its default', () => {
    expect(passage('FIN-69')).to.contain('(../parameters.md#financial-portal)');
    const rows = cellsOf(section(page('docs/parameters.md').text, 'Financial portal'), 'Parameter');
    expect(rows.map(([name]) => name)).to.include.members(Object.keys(parameters).map((name) => `\`${name}\``));
    for (const [name, what, form, leftOut] of rows) for (const cell of [what, form, leftOut]) expect(cell, name).not.to.equal('');
  });

  it('says of each environment variable, port, path and user what the templates give the images', () => {
    const contract = section(text, 'What the images must do');
    const template = render(compute.build(contextOf('production')).template);
    const variables = [...new Set([...contract.matchAll(/`([A-Z]+_[A-Z_]+)`/g)].map(([, name = '']) => name))].sort();
    expect(variables).to.deep.equal(['DATABASE_READER_HOST', 'DATABASE_WRITER_HOST', 'METRICS_NAMESPACE', 'SERVICE_NAME']);
    for (const name of variables) expect(template).to.contain(`"Name": "${name}"`);
    expect(contract).to.contain(`\`web\` listens on port ${settings.services.web.port}, \`api\` on ${settings.services.api.port}`).and.to.contain(`as \`${databaseUser}\` by an IAM token`);
    for (const path of Object.values(settings.healthPaths)) expect(contract).to.contain(`| \`${path}\``);
  });

  it('names every requirement that no template can show', () => {
    const requirements = parse(readFileSync(join(checkout, 'test/requirements/financial-portal.yaml'), 'utf8')) as Readonly<Record<string, { readonly proof: string }>>;
    const onPages = Object.entries(requirements).filter(([, { proof }]) => proof === 'page').map(([id]) => id);
    expect(onPages).not.to.be.empty;
    expect(onPages.filter((id) => !text.includes(id))).to.deep.equal([]);
  });
});

describe('The quality of the financial portal’s code', () => {
  it('FIN-73 is what the page says: strict TypeScript', () => {
    expect(passage('FIN-73')).to.contain('strict TypeScript').and.to.contain('--prove financial-portal');
    const { compilerOptions } = JSON.parse(readFileSync(join(checkout, 'tsconfig.json'), 'utf8')) as { readonly compilerOptions: Readonly<Record<string, unknown>> };
    expect(compilerOptions).to.include({ strict: true, noUncheckedIndexedAccess: true, noUnusedLocals: true, noUnusedParameters: true });
  });

  it('FIN-73 has tests of its own for each nested template', () => {
    const templates = financialPortal.build('production').deployments.flatMap(({ templates: of }) => [...of.keys()]).filter((name) => name !== 'root');
    expect(templates).to.have.length.greaterThan(10);
    const tests = readdirSync(join(checkout, 'test/templates/financial-portal')).filter((file) => file.endsWith('.test.ts')).map((file) => readFileSync(join(checkout, 'test/templates/financial-portal', file), 'utf8'));
    expect(templates.filter((name) => !tests.some((source) => source.includes(`systems/financial-portal/${name}'`)))).to.deep.equal([]);
  });

  it('FIN-73 has nine of ten functions of its builders run when its environments are built, and of the modules when those of all systems are', function () {
    this.timeout(30_000);
    expect(passage('FIN-73')).to.contain('90 % or more of those in the portal');
    const built = (systems: string): string => `const systems = require('./templates/systems').systems${systems}; for (const system of systems) for (const each of system.environments) system.build(each);`;
    const own = ranShare(built(".filter(({ name }) => name === 'financial-portal')"), /\/templates\/systems\/financial-portal\//);
    const shared = ranShare(built(''), /\/templates\/modules\//);
    expect(own.files).to.be.greaterThan(25);
    expect(shared.files).to.be.greaterThan(100);
    expect(own.share, 'its own').to.be.at.least(0.9);
    expect(shared.share, 'of the modules').to.be.at.least(0.9);
  });
});

describe('The runbooks of the financial portal', () => {
  const whole = wholePortal();

  it('FIN-41 fail over: decide, keep the old primary out, move the database, verify', () => {
    const failover = runbook('failover');
    inOrder(failover, ['## 1. Decide', 'AuroraGlobalDBRPOLag', 'update-health-check --health-check-id "$CHECK" --disabled --inverted', '--action activate --mode ungraceful', 'aws rds failover-global-cluster', '--allow-data-loss', 'aws rds describe-global-clusters', '**Rollouts are refused**', '(failback.md)']);
    expect(failover).to.contain('503 with `Retry-After`').and.to.contain('lost-writes');
  });

  it('FIN-41 fail back without loss: writer home first, users after it', () => {
    const failback = runbook('failback');
    inOrder(failback, ['aws route53 get-health-check ', 'SynchronizationStatus', 'get-plan-evaluation-status', '--action activate --mode graceful', 'aws rds switchover-global-cluster', '--no-disabled --no-inverted', 'npx meridian rollout financial-portal production']);
    expect(failback).to.contain('RPO 0').and.not.to.match(/^aws .*(--allow-data-loss|--mode ungraceful)/m);
  });

  requirement('FIN-41', 'begin with names that the templates have, of both regions’ database, plan and health', () => {
    const names = /names of financial-portal in failover -->[\s\S]*?<!-- end -->/.exec(runbook('failover'))?.[0] ?? '';
    for (const [variables, type, property] of [[['GLOBAL'], 'AWS::RDS::GlobalCluster', 'GlobalClusterIdentifier'], [['DATABASE', 'STANDBY'], 'AWS::RDS::DBCluster', 'DBClusterIdentifier'], [['PLAN_NAME'], 'AWS::ARCRegionSwitch::Plan', 'Name']] as const) {
      const named = whole('production').resources(type).map(({ resource }) => resource.properties[property]);
      const written = variables.map((variable) => new RegExp(`^${variable}="(.+)"$`, 'm').exec(names)?.[1]);
      const filled = written.map((name) => name?.replace('$ENVIRONMENT', environments.production.short).replace('$SUFFIX', 'main').replace('$PRIMARY', 'ap-southeast-1').replace('$SECONDARY', 'us-east-1'));
      expect([...new Set(named)], variables.join(' ')).to.have.members(filled);
    }
  });

  describe('of the game day', () => {
    const gameDay = runbook('game-day');
    const row = (first: string): string[] => cellsOf(gameDay, 'Date').find(([date]) => date === first) ?? [];

    it('FIN-74 start both experiments by their tags, say what stops them, and what they expect', () => {
      for (const experiment of ['REGION_LOSS', 'WRITER_LOSS']) expect(gameDay).to.contain(`tags.Name=='$${experiment}'`);
      expect(gameDay).to.contain('aws fis start-experiment').and.to.contain('aws fis stop-experiment').and.to.contain('when `$STRANDED` goes off').and.to.contain('It stops when `$ERRORS` goes off');
      const [, minutes] = /"PT(\d+)M"/.exec(render(drill.build(contextOf('production')).template)) ?? [];
      expect(gameDay).to.contain(`for ${minutes} minutes`).and.to.contain(`ends by itself after ${minutes} minutes`);
    });

    it('FIN-74 have a table for what was measured, with date, people and evidence', () => {
      expect(gameDay).to.contain('| Date | Environment | Experiment | People | Reads back after | Writes back after (RTO) | Lost (RPO) | Evidence |');
      expect(cellsOf(gameDay, 'What').map(([what]) => what)).to.include.members(['Reads', 'Writes (RTO)', 'Lost (RPO)']);
    });

    it('FIN-74 measure against the system’s targets', () => {
      const { timeMinutes, pointSeconds } = recoveryTargets;
      expect(row('target').slice(5, 7)).to.deep.equal([`${timeMinutes} min`, `${pointSeconds / 60} min`]);
    });

    for (const environment of environmentNames) {
      requirement('FIN-74', `show the worst case that is computed for ${environment} beside it`, () => {
        const { readsSeconds, writesSeconds, lostSeconds } = whole(environment).manifest.recovery!;
        expect(row('computed worst case').slice(4, 7).map(secondsOf)).to.deep.equal([readsSeconds, writesSeconds, lostSeconds]);
      });
    }
  });

  it('make the API’s user with an IAM token, and the audit’s role, without a password in a statement', () => {
    const schema = runbook('first-schema');
    expect(schema).to.contain(`CREATE USER ${databaseUser};\nGRANT rds_iam TO ${databaseUser};`).and.to.contain('CREATE ROLE rds_pgaudit;\nCREATE EXTENSION pgaudit;').and.to.contain('\\password');
    expect(schema).not.to.match(/PASSWORD '/);
  });

  it('upgrade the second region first', () => {
    inOrder(runbook('patching'), ['**The second region goes first**', 'raise `engineVersion`', 'A rollout upgrades the second region before the primary', 'describe-db-clusters --region "$SECONDARY"', 'describe-db-clusters --region "$PRIMARY"']);
  });
});
