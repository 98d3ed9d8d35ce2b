import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { checkout } from '../../src/toolchain';
import { lookcard } from '../../templates/systems/lookcard';
import { objectives } from '../../templates/systems/lookcard/objectives';
import { services } from '../../templates/systems/lookcard/services';
import { inOrder } from './in-order';
import { cellsOf, section } from './page-parts';
import { page, pages } from './pages';

const { text } = page('docs/systems/lookcard.md');
const table = page('docs/systems/lookcard-requirements.md').text;
const ofServices = page('docs/systems/lookcard-services.md').text;
const folder = 'docs/runbooks/lookcard/';
const tests = join(checkout, 'test/templates/lookcard');
const differences = cellsOf(section(text, 'Where it differs from what was asked, and why'), 'Wish');

/** What stands at a link of the page, from the checkout. */
const linked = (link: string): string => join(checkout, 'docs/systems', link);

describe('The page of LookCard', () => {
  it('LKC-113 answers to each pillar of the Well-Architected Framework with what is built and what shows it', () => {
    const rows = cellsOf(section(text, 'Well-Architected'), 'Pillar');
    expect(rows.map(([pillar]) => pillar)).to.deep.equal(['Operational excellence', 'Security', 'Reliability', 'Performance efficiency', 'Cost optimization', 'Sustainability']);
    for (const [pillar, here = '', shown = ''] of rows) {
      expect(here.length, pillar).to.be.greaterThan(60);
      const links = [...shown.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
      expect(links, pillar).not.to.have.length(0);
      for (const link of links) expect(existsSync(linked(link)), `${pillar} ${link}`).to.equal(true);
    }
  });

  it('LKC-03 LKC-04 names the five environments and says that the branch selects one', () => {
    const said = section(text, 'Environments').replaceAll(/\s+/g, ' ');
    for (const environment of lookcard.environments) expect(said).to.contain(environment);
    expect(said).to.contain('each named after the branch that is rolled to it').and.to.contain('any other branch is refused');
  });

  it('LKC-05 LKC-109 LKC-110 says where state is, how it is kept apart and versioned, and where the commit stands', () => {
    const said = section(text, 'Environments').replaceAll(/\s+/g, ' ');
    expect(said).to.contain('no two have anything of the same name').and.to.contain('the bucket of artefacts keeps every version').and.to.contain('`lookcard-release-<env>-<suffix>`');
  });

  it('LKC-11 leads through two accounts in order: bootstrap of both, parameters, plan, rollout', () => {
    inOrder(section(text, 'Deploy it'), ['npx meridian bootstrap --target aws', '(../many-accounts.md#what-each-account-needs)', 'The DNS account\'s id', 'npx meridian plan lookcard --target aws', 'npx meridian rollout lookcard --target aws', '`ParentHostedZoneId`']);
    expect(section(text, 'Two accounts')).to.contain('`ApexCertificateArn`').and.to.contain('(../runbooks/lookcard/dns-account.md)');
  });

  it('says of every wish that is built otherwise what is built, and why', () => {
    const ids = differences.flatMap(([wish = '']) => wish.match(/LKC-\d+/g) ?? []);
    expect(ids).to.include.members(['LKC-02', 'LKC-03', 'LKC-05', 'LKC-06', 'LKC-11', 'LKC-14', 'LKC-15', 'LKC-32', 'LKC-56', 'LKC-57', 'LKC-65', 'LKC-73', 'LKC-79', 'LKC-83', 'LKC-89', 'LKC-102', 'LKC-104']);
    for (const [wish, built, because] of differences) expect([built, because], wish).not.to.include('').and.not.to.include(undefined);
  });

  it('names the objective that the templates have', () => {
    expect(section(text, 'Availability')).to.contain(`The objective is ${objectives.goodPercent} % of all requests in thirty days`);
  });

  it('leads from every id of the list to tests that show it', () => {
    const requirements = parse(readFileSync(join(checkout, 'test/requirements/lookcard.yaml'), 'utf8')) as Readonly<Record<string, { readonly fact: string }>>;
    const rows = cellsOf(table, 'Group');
    expect(rows.map(([, id]) => id)).to.deep.equal(Object.keys(requirements));
    expect(rows).to.have.length(113);
    expect(rows.filter(([, , , shown]) => !shown?.includes('.test.ts)')).map(([, id]) => id)).to.deep.equal([]);
  });

  it('LKC-56 leads to every service, and says of every field of a row what it decides', () => {
    expect(cellsOf(ofServices, 'Service').map(([name]) => name)).to.deep.equal(services.map(({ name, inferred }) => `\`${name}\`${inferred ? ' (inferred)' : ''}`));
    const fields = cellsOf(section(ofServices, 'What a row says'), 'Field').flatMap(([field = '']) => [...field.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect([...new Set(services.flatMap((row) => Object.keys(row)))].filter((field) => !fields.includes(field))).to.deep.equal([]);
  });

  it('leads to every runbook', () => {
    const all = pages.filter(({ file }) => file.startsWith(folder)).map(({ file }) => file.slice(folder.length, -'.md'.length));
    expect(all).not.to.have.length(0);
    expect(all.filter((name) => !text.includes(`(../runbooks/lookcard/${name}.md)`))).to.deep.equal([]);
    expect(page('README.md').text).to.contain('(docs/systems/lookcard.md)');
  });

  it('has tests of its own for each nested template', () => {
    const templates = lookcard.build('production').deployments.flatMap(({ templates: of }) => [...of.keys()]).filter((name) => name !== 'root' && !/^service-(?!groups)/.test(name));
    expect(templates).to.have.length.greaterThan(15);
    const sources = readdirSync(tests).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(tests, file), 'utf8'));
    // The parts of a catalogue, the dashboards of clusters and the shares of plans are named after what they are made of.
    const file = (name: string): string => ({ dashboard: 'cluster-dashboard', 'region-switch-2': 'region-switch', 'shared-service-groups': 'service-groups' })[name] ?? name;
    expect(templates.filter((name) => !sources.some((source) => source.includes(`systems/lookcard/${file(name)}'`)))).to.deep.equal([]);
  });
});
