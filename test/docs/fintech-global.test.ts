import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { architecture } from '../../scripts/generate-system-docs/architecture';
import { resolvedEnvironment } from '../../scripts/generate-system-docs/environment';
import { build } from '../../src/build/build';
import { readManifest } from '../../src/build/manifest';
import { checkout } from '../../src/toolchain';
import { administrationRoleName, executionRoleName } from '../../templates/bootstrap/names';
import { fintechGlobal } from '../../templates/systems/fintech-global';
import { objectives } from '../../templates/systems/fintech-global/objectives';
import { parameters } from '../../templates/systems/fintech-global/parameters';
import { inOrder } from './in-order';
import { cellsOf, section } from './page-parts';
import { page, pages } from './pages';

const { text } = page('docs/systems/fintech-global.md');
const table = page('docs/systems/fintech-global-requirements.md').text;
const folder = 'docs/runbooks/fintech-global/';
const tests = join(checkout, 'test/templates/fintech-global');
const differences = cellsOf(section(text, 'Where it differs from what was asked, and why'), 'Wish');

/** What stands at a link of the page, from the checkout. */
const linked = (link: string): string => join(checkout, 'docs/systems', link);

describe('The page of FinTech Global', () => {
  it('FTG-02 answers to each pillar of the Well-Architected Framework with what is built and what shows it', () => {
    const rows = cellsOf(section(text, 'Well-Architected'), 'Pillar');
    expect(rows.map(([pillar]) => pillar)).to.deep.equal(['Operational excellence', 'Security', 'Reliability', 'Performance efficiency', 'Cost optimization', 'Sustainability']);
    for (const [pillar, here = '', shown = ''] of rows) {
      expect(here.length, pillar).to.be.greaterThan(60);
      const links = [...shown.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
      expect(links, pillar).not.to.have.length(0);
      for (const link of links) expect(existsSync(linked(link)), `${pillar} ${link}`).to.equal(true);
    }
  });

  it('FTG-07 says which scoped roles stand in the place of an administrator’s credentials, and what replaced Terraform', () => {
    const said = section(text, 'Who may do what').replaceAll(/\s+/g, ' ');
    expect(said).to.contain(`\`${executionRoleName}\``).and.to.contain(`\`${administrationRoleName}\``).and.to.contain('permissions boundary').and.to.contain('access entries name who is');
    expect(differences.find(([wish = '']) => wish.startsWith('FTG-07'))?.[1]).to.equal('CloudFormation by scoped roles');
  });

  it('FTG-08 leads from each of the owner’s eight modules to templates and building blocks that are there', () => {
    const rows = cellsOf(section(text, 'Where the owner\'s modules are'), 'Module');
    expect(rows.map(([module]) => module)).to.deep.equal(['vpc', 'eks', 'database', 'cache', 'storage', 'secrets', 'monitoring', 'cost-governance']);
    const files = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    for (const [module = '', templates = '', blocks = ''] of rows) {
      for (const file of files(templates)) expect(existsSync(join(checkout, 'templates/systems/fintech-global', file)), `${module} ${file}`).to.equal(true);
      for (const block of files(blocks)) expect(existsSync(join(checkout, block)), `${module} ${block}`).to.equal(true);
    }
    const nested = fintechGlobal.build('production').deployments.flatMap(({ templates }) => [...templates.keys()]).filter((name) => !['root', 'region-switch-role'].includes(name));
    const named = rows.flatMap(([, templates = '']) => files(templates));
    expect(nested.filter((name) => !named.includes(`${name}.ts`))).to.deep.equal([]);
  });

  it('FTG-70 has a command for each of Terraform’s steps, in their order, and says what it does', () => {
    const steps = section(text, 'Deploy it');
    inOrder(steps, ['`terraform init`', 'npx meridian bootstrap', '`terraform validate`', 'npx meridian build fintech-global production', 'npx meridian check fintech-global production', '`terraform plan`', 'npx meridian plan fintech-global production --target aws', '`terraform apply`', 'npx meridian rollout fintech-global production --target aws', '(../runbooks/fintech-global/kubectl.md)', '(../runbooks/fintech-global/deploy-application.md)']);
    for (const row of cellsOf(steps, 'Terraform')) expect(row).not.to.include('');
  });

  it('says of every wish that is built otherwise what is built, and why', () => {
    const ids = differences.flatMap(([wish = '']) => wish.match(/FTG-\d+/g) ?? []);
    expect(ids).to.include.members(['FTG-01', 'FTG-04', 'FTG-07', 'FTG-10', 'FTG-17', 'FTG-18', 'FTG-24', 'FTG-27', 'FTG-35', 'FTG-37', 'FTG-50', 'FTG-56', 'FTG-65']);
    for (const [wish, built, because] of differences) expect([built, because], wish).not.to.include('').and.not.to.include(undefined);
  });

  it('names the objective that the templates have', () => {
    expect(section(text, 'Availability')).to.contain(`The objective is ${objectives.goodPercent} % of all requests in thirty days`);
  });

  it('leads from every id of the list to tests that show it', () => {
    const requirements = parse(readFileSync(join(checkout, 'test/requirements/fintech-global.yaml'), 'utf8')) as Readonly<Record<string, { readonly fact: string }>>;
    const rows = cellsOf(table, 'Group');
    expect(rows.map(([, id]) => id)).to.deep.equal(Object.keys(requirements));
    expect(rows).to.have.length(79);
    expect(rows.filter(([, , , shown]) => !shown?.includes('.test.ts)')).map(([, id]) => id)).to.deep.equal([]);
  });

  it('leads to every runbook, and the parameters’ page to every parameter', () => {
    const all = pages.filter(({ file }) => file.startsWith(folder)).map(({ file }) => file.slice(folder.length, -'.md'.length));
    expect(all.filter((name) => !text.includes(`(../runbooks/fintech-global/${name}.md)`))).to.deep.equal([]);
    const rows = cellsOf(section(page('docs/parameters.md').text, 'FinTech Global'), 'Parameter');
    expect(rows.map(([name]) => name)).to.include.members(Object.keys(parameters).map((name) => `\`${name}\``));
    expect(page('README.md').text).to.contain('(docs/systems/fintech-global.md)');
  });

  it('has tests of its own for each nested template', () => {
    const templates = fintechGlobal.build('production').deployments.flatMap(({ templates: of }) => [...of.keys()]).filter((name) => name !== 'root');
    expect(templates).to.have.length.greaterThan(10);
    const sources = readdirSync(tests).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(tests, file), 'utf8'));
    expect(templates.filter((name) => !sources.some((source) => source.includes(`systems/fintech-global/${name}'`)))).to.deep.equal([]);
  });
});

describe('The picture of FinTech Global', () => {
  let production: ReturnType<typeof resolvedEnvironment>;

  before(async function () {
    this.timeout(60_000);
    const dist = mkdtempSync(join(tmpdir(), 'meridian-picture-'));
    try {
      await build({ dist, systems: [fintechGlobal] });
      production = resolvedEnvironment(dist, readManifest(dist, fintechGlobal.name, 'production'));
    } finally {
      rmSync(dist, { recursive: true, force: true });
    }
  });

  /** The picture of production, or of it without the resources of a type. */
  function drawn(without?: string): string {
    const deployments = production.deployments.map((each) => ({ ...each, instance: Object.assign(Object.create(each.instance) as typeof each.instance, { resources: () => [...each.instance.resources()].filter(({ type }) => type !== without) }) }));
    return architecture({ regions: production.regions, deployments });
  }

  it('FTG-76 stands on the page as the templates are now', () => {
    expect(text).to.contain(`architecture of fintech-global -->\n\n${drawn()}\n\n<!-- end -->`);
  });

  it('FTG-76 follows a request in both regions from the domain to database, cache and sessions', () => {
    for (const [region, role] of [['us_east_1', 'primary'], ['ap_southeast_1', 'secondary']]) {
      expect(drawn()).to.contain(`subgraph ${region}["${region?.replaceAll('_', '-')}, ${role}"]`);
      for (const [from, to] of [['Entrance_LoadBalancer', 'Compute_Cluster'], ['Compute_Cluster', 'Data_Cluster'], ['Compute_Cluster', 'Data_Cache'], ['Compute_Cluster', 'Data_Sessions']]) expect(drawn()).to.contain(`${region}_${from} --> ${region}_${to}`);
    }
  });

  for (const [type, what] of [['AWS::ElastiCache::ReplicationGroup', 'ElastiCache'], ['AWS::ARCRegionSwitch::Plan', 'region-switch plan'], ['AWS::KMS::ReplicaKey', 'replica of the data key']] as const) {
    it(`FTG-76 does not show what is no longer there: ${what}`, () => {
      expect(drawn()).to.contain(what);
      expect(drawn(type)).not.to.contain(what);
    });
  }
});
