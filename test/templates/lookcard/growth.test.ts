import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { lookcardOf } from '../../../templates/systems/lookcard';
import { imageParameter } from '../../../templates/systems/lookcard/parameters';
import type { ServiceRow } from '../../../templates/systems/lookcard/service-row';
import { services } from '../../../templates/systems/lookcard/services';
import { countedReads, generatedServices } from './generated-services';

/** Every template of a catalogue's system in one environment, as text, by `deployment/template`. */
function textsOf(rows: readonly ServiceRow[], environment = 'staging'): ReadonlyMap<string, string> {
  const { deployments } = lookcardOf(rows).build(environment);
  return new Map(deployments.flatMap(({ name, templates }) => [...templates.values()].map((built) => [`${name}/${built.name}`, render(built.template)] as const)));
}

/** What differs between two catalogues: templates by what happened to them. */
function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: [...after].filter(([name, text]) => before.has(name) && before.get(name) !== text).map(([name]) => name),
  };
}

const loans: ServiceRow = { name: 'loans-api', cluster: 'core-application', cpu: 256, memory: 512, port: 8099, healthPath: '/health', calls: ['card-api'], database: 'write' };
const own = textsOf(services);

describe('Growth of LookCard', () => {
  it('adds one template for a 23rd row, and changes only the roots and the tables made of all rows', () => {
    expect(difference(own, textsOf([...services, loans]))).to.deep.equal({
      added: ['core-application/service-loans-api'],
      removed: [],
      // Its group and its registry stand in the foundation, its image and its line on the dashboard in its cluster.
      changed: ['foundation/root', 'foundation/registries', 'foundation/service-groups', 'core-application/root', 'core-application/dashboard'],
    });
  });

  it('changes no other service for it, and no other cluster', () => {
    const after = textsOf([...services, loans]);
    for (const [name, text] of own) if (/\/service-(?!groups)/.test(name) || /^(composite-application|listener|administrative|cronjob|supabase)\//.test(name)) expect(after.get(name), name).to.equal(text);
  });

  it('changes nothing else for a row at another place of the table, but for the order of the tables made of all rows', () => {
    const changed = difference(own, textsOf([loans, ...services])).changed;
    expect(changed).to.deep.equal(['foundation/root', 'foundation/registries', 'foundation/service-groups', 'core-application/root', 'core-application/dashboard']);
  });

  it('removes with the inferred rows exactly theirs: their templates, and the clusters that have no others', () => {
    const { added, removed, changed } = difference(own, textsOf(services.filter((row) => !row.inferred).map(({ calls, ...row }) => ({ ...row, ...(calls && { calls: calls.filter((name) => name !== 'liquidity-api') }) }))));
    expect(added).to.deep.equal([]);
    expect(removed).to.deep.equal([
      'core-application/service-liquidity-api',
      ...['administrative/root', 'administrative/service-admin-api', 'administrative/dashboard'],
      ...['cronjob/root', 'cronjob/service-cron-settlement', 'cronjob/service-cron-reconciliation', 'cronjob/dashboard'],
      ...['supabase/root', 'supabase/service-supabase-auth', 'supabase/service-supabase-rest', 'supabase/dashboard'],
    ]);
    expect(changed).to.include.members(['foundation/root', 'foundation/registries', 'foundation/service-groups', 'core-application/root', 'core-application/dashboard']);
    // crypto-api no longer calls what is gone; the liquidity key has no user.
    expect(changed.filter((name) => name.includes('/service-') && name !== 'foundation/service-groups')).to.deep.equal(['core-application/service-crypto-api']);
  });

  it('asks for the image of a new service, in its cluster’s deployment alone', () => {
    const { deployments } = lookcardOf([...services, loans]).build('staging');
    expect(deployments.filter(({ parameters }) => imageParameter(loans) in parameters).map(({ name }) => name)).to.deep.equal(['core-application']);
  });

  it('puts a row of a later part into deployments of that part, and moves nothing', () => {
    const after = textsOf([...services, { ...loans, part: 2 }]);
    const { added, removed, changed } = difference(own, after);
    expect(added).to.have.members(['services2/root', 'services2/registries-2', 'services2/service-groups', 'core-application-2/root', 'core-application-2/service-loans-api', 'core-application-2/dashboard']);
    expect(removed).to.deep.equal([]);
    expect(changed).to.deep.equal([]);
    const { deployments } = lookcardOf([...services, { ...loans, part: 2 }]).build('staging');
    expect(deployments.find(({ name }) => name === 'core-application-2')?.after).to.include.members(['foundation', 'platform', 'services2']);
  });

  describe('is linear in the number of services:', () => {
    const sizes = [22, 220, 2200] as const;
    /** What one build of a catalogue of this size does. */
    function measured(size: number) {
      const { rows, reads } = countedReads(generatedServices(size));
      const { deployments } = lookcardOf(rows).build('staging');
      const templates = deployments.flatMap((deployment) => [...deployment.templates.values()]);
      return {
        size,
        reads: reads(),
        resources: templates.reduce((sum, { template }) => sum + Object.keys(template.Resources ?? {}).length, 0),
        services: templates.filter(({ name }) => /^service-\d+-api$|^service-service-/.test(name)).length,
        largestRoot: Math.max(...deployments.map(({ root }) => Buffer.byteLength(render(root.template)))),
      };
    }
    let small: ReturnType<typeof measured>, middle: typeof small, large: typeof small;

    before(function () {
      this.timeout(60_000);
      [small, middle, large] = sizes.map(measured) as [typeof small, typeof small, typeof small];
    });

    it('a template for each', () => expect([small.services, middle.services, large.services]).to.deep.equal([...sizes]));

    it('the resources that one more service adds are the same for the 200th and the 2,000th', () => {
      const each = (more: typeof small, less: typeof small): number => (more.resources - less.resources) / (more.size - less.size);
      expect(each(large, middle)).to.be.closeTo(each(middle, small), 1);
    });

    it('a row is looked at as often among 2,200 as among 220', () => {
      expect(large.reads / large.size).to.be.at.most((middle.reads / middle.size) * 1.1);
    });

    it('no root grows with the catalogue, which is cut into parts', () => expect(large.largestRoot).to.be.at.most(middle.largestRoot * 1.2));
  });
});
