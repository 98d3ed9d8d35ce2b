import { expect } from 'chai';
import { planDestruction, planNodes, regionOrder } from '../../src/rollout/nodes';
import { stackSetName } from '../../src/rollout/stack-set-name';
import { WrittenDist } from './support/built';

const templates = { root: { body: { Resources: {} } } };
const p = 'us-east-1';
const s = 'ap-southeast-1';

describe('the order of a rollout', () => {
  const dist = new WrittenDist();
  after(() => dist.remove());
  const build = dist.build(
    { name: 'zone', regions: { create: [p], update: [p] }, unless: 'HostedZoneId', templates },
    { name: 'foundation', regions: { create: [s, p], update: [s, p] }, templates },
    { name: 'platform', regions: { create: [p, s], update: [s, p] }, templates },
    { name: 'edge', regions: { create: [p], update: [p] }, templates },
  );
  const part = (values: Record<string, string> = {}) => ({ build, parameters: { file: 'f', suffix: 'main', values } });
  const existing = (entries: Record<string, string[]>) => new Map(Object.entries(entries).map(([name, regions]) => [`meridian-paper-test-main-${name}`, new Set(regions)]));
  const brief = (nodes: readonly { deployment: string; region: string }[]) => nodes.map(({ deployment, region }) => `${deployment} ${region === p ? 'P' : 'S'}`);

  for (const [when, there, order] of [
    ['none stands', [], [p, s]],
    ['all stand', [p, s], [s, p]],
    ['only the primary stands', [p], [p, s]],
    ['only the secondary stands', [s], [s, p]],
  ] as const) {
    it(`visits regions created primary first and updated secondary first as ${order.join(', ')} when ${when}`, () => {
      expect(regionOrder({ create: [p, s], update: [s, p] }, new Set(there))).to.deep.equal(order);
    });
  }

  it('is the order of first creation when nothing stands, each node after the one before it', () => {
    const nodes = planNodes([part()], new Map());
    expect(brief(nodes)).to.deep.equal(['zone P', 'foundation S', 'foundation P', 'platform P', 'platform S', 'edge P']);
    expect(nodes.map(({ after }) => after)).to.deep.equal([[], ...nodes.slice(0, -1).map(({ id }) => [id])]);
  });

  it('is decided for each deployment by where its instances stand', () => {
    const nodes = planNodes([part()], existing({ zone: [p], foundation: [p, s], platform: [p] }));
    expect(brief(nodes)).to.deep.equal(['zone P', 'foundation S', 'foundation P', 'platform P', 'platform S', 'edge P']);
    expect(brief(planNodes([part()], existing({ platform: [p, s] })).filter(({ deployment }) => deployment === 'platform'))).to.deep.equal(['platform S', 'platform P']);
  });

  it('leaves the zone out when the parameters file gives the hosted zone', () => {
    expect(brief(planNodes([part({ HostedZoneId: 'Z1' })], new Map()))[0]).to.equal('foundation S');
  });

  describe('of deployments that say what they wait for', () => {
    const shared = new WrittenDist();
    after(() => shared.remove());
    const both = { create: [p, s], update: [s, p] };
    const system = dist.build(
      { name: 'zone', regions: { create: [p], update: [p] }, unless: 'HostedZoneId', after: [], templates },
      { name: 'network', regions: both, after: ['zone'], templates },
      { name: 'data', regions: both, after: ['account'], templates },
      { name: 'edge', regions: { create: [p], update: [p] }, templates },
    );
    const written = shared.build({ name: 'account', regions: { create: [p], update: [p] }, templates });
    const account = { build: Object.create(written, { manifest: { value: { ...written.manifest, system: 'account', environment: 'shared' } } }) as typeof written, parameters: { file: 'f', suffix: 'main', values: {} } };
    const waits = (values: Record<string, string>) =>
      Object.fromEntries(planNodes([account, { build: system, parameters: { file: 'f', suffix: 'main', values } }], new Map()).map(({ deployment, region, after }) => [`${deployment} ${region === p ? 'P' : 'S'}`, after.map((id) => id.replace(/^.*\//, '').replace(p, 'P').replace(s, 'S'))]));

    it('is that of what they name, and by default of everything before, without what is implied', () => {
      expect(waits({})).to.deep.equal({
        'account P': [],
        'zone P': [],
        'network P': ['zone@P'],
        'network S': ['network@P'],
        'data P': ['account@P'],
        'data S': ['data@P'],
        'edge P': ['network@S', 'data@S'],
      });
    });

    it('goes through what the parameters make superfluous', () => {
      expect(waits({ HostedZoneId: 'Z1' })).to.deep.include({ 'network P': [], 'edge P': ['network@S', 'data@S'] });
    });
  });

  it('is reversed for a destruction, and only what stands is destroyed', () => {
    const everything = existing({ zone: [p], foundation: [p, s], platform: [p, s], edge: [p] });
    expect(brief(planDestruction(part(), everything))).to.deep.equal(['edge P', 'platform S', 'platform P', 'foundation P', 'foundation S', 'zone P']);
    expect(brief(planDestruction(part(), existing({ foundation: [s] })))).to.deep.equal(['foundation S']);
  });

  it('refuses a StackSet name that would make an instance stack name too long', () => {
    const identity = { system: 's'.repeat(40), environment: 'production', suffix: 'abcdef', deployment: 'platform' };
    expect(stackSetName({ ...identity, system: 'kasha' })).to.equal('meridian-kasha-production-abcdef-platform');
    expect(() => stackSetName({ ...identity, system: 's'.repeat(47) })).to.throw(/unusable: it takes 1 to 82 letters, digits and hyphens, this has 83 characters\./);
    expect(() => stackSetName({ ...identity, system: 'a_b' })).to.throw(/unusable/);
  });
});
