import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { defineWaivers, loadWaivers, type Waiver } from '../../src/check';
import { patternCovers } from '../../src/check/apply-waivers';
import { cleanQueues, Shop } from './shop';

const waiver: Waiver = {
  rule: 'self-suppression',
  resource: 'shop/production/platform/root#Orders',
  reason: 'The supplier of this template insists on it',
  owner: 'platform team',
  expires: '2026-12-31',
  because: 'KSH-12',
};

const silent = { ...cleanQueues(), Orders: { ...cleanQueues()['Orders'], Metadata: { 'cfn-lint': {} } } };

describe('waivers', () => {
  let shop: Shop;
  beforeEach(() => (shop = new Shop().build({ platform: { root: { Resources: silent } } })));
  afterEach(() => shop.remove());

  /** Checks with one waiver and tells which rules count and which are waived; `steps: []` keeps quotas and suppressions, which need no tool. */
  const rulesWith = async (change: Partial<Waiver>, today = '2026-06-01') => {
    const { findings, waived } = await shop.check({ steps: [], waivers: [{ ...waiver, ...change }], today });
    return { counting: findings.map(({ rule }) => rule), waived: waived.map(({ finding }) => finding.rule) };
  };

  for (const { covers, change } of [
    { covers: 'exactly its resource', change: {} },
    { covers: 'every environment by a star', change: { resource: 'shop/*/platform/root#Orders' } },
    { covers: 'part of a name by a star', change: { resource: 'shop/prod*/plat*/*#Ord*' } },
  ]) {
    it(`cover ${covers}`, async () => {
      expect(await rulesWith(change)).to.deep.equal({ counting: [], waived: ['self-suppression'] });
    });
  }

  for (const { holds, today } of [
    { holds: 'the day before', today: '2026-12-30' },
    { holds: 'the last day', today: '2026-12-31' },
  ]) {
    it(`hold on ${holds} of their expiry`, async () => {
      expect(await rulesWith({}, today)).to.deep.equal({ counting: [], waived: ['self-suppression'] });
    });
  }

  it('let the finding back in the day after they expire, and are a finding themselves', async () => {
    expect(await rulesWith({}, '2027-01-01')).to.deep.equal({ counting: ['self-suppression', 'expired-waiver'], waived: [] });
  });

  it('are stale when they cover no finding of what was checked', async () => {
    shop.build({ platform: { root: { Resources: cleanQueues() } } });
    const { findings } = await shop.check({ waivers: [waiver, { ...waiver, resource: 'shop/develop/platform/root#Orders' }] });
    expect(findings.map(({ rule, severity, where }) => `${rule} ${severity} ${where.environment} ${where.source}`)).to.deep.equal([
      'stale-waiver LOW production templates/systems/shop/waivers.ts',
    ]);
  }).timeout(20_000);

  it('must name a decision that has a page', async () => {
    const refusal = await rulesWith({ because: 'ADR-0007' }).catch((error: unknown) => error);
    expect(refusal).to.include({ exitCode: 2 });
    expect(String(refusal)).to.contain('docs/decisions has no page 0007-*.md');
    mkdirSync(join(shop.folder, 'docs', 'decisions'), { recursive: true });
    writeFileSync(join(shop.folder, 'docs', 'decisions', '0007-queues.md'), '# Queues\n');
    expect(await rulesWith({ because: 'ADR-0007' })).to.deep.equal({ counting: [], waived: ['self-suppression'] });
  });

  for (const { wrong, change, says } of [
    { wrong: 'a date that is none', change: { expires: '2026-02-30' }, says: 'expires is no calendar date. Write YYYY-MM-DD' },
    { wrong: 'a reason that explains nothing', change: { reason: 'legacy' }, says: 'reason is too short' },
    { wrong: 'a resource that is no address', change: { resource: 'Orders' }, says: 'resource is no resource address' },
    { wrong: 'a cause that is neither requirement nor decision', change: { because: 'the boss' }, says: 'because is neither a requirement id such as KSH-12 nor a decision' },
    { wrong: 'no owner', change: { owner: undefined }, says: 'owner is missing' },
    { wrong: 'a misspelt field', change: { expiry: '2026-12-31' }, says: 'expiry is no field of a waiver' },
  ]) {
    it(`are refused with ${wrong}, naming waiver and field`, () => {
      const define = () => defineWaivers([waiver, { ...waiver, ...change } as Waiver]);
      expect(define).to.throw(`Waiver 2 (self-suppression on ${change.resource ?? waiver.resource}): ${says}`).with.property('exitCode', 2);
    });
  }

  for (const [wrong, list, says] of [
    ['no list', null, 'Waivers: they are not a list.'],
    ['an entry that is no object', [null], 'Waiver 1 (no rule on no resource): it is no object.'],
    ['an object where a text belongs', [{ ...waiver, rule: {} }], 'Waiver 1 (no rule on shop/production/platform/root#Orders): rule is missing or no text.'],
  ] as const) {
    it(`are refused with ${wrong}`, () => {
      expect(() => defineWaivers(list as unknown as Waiver[])).to.throw(says).with.property('exitCode', 2);
    });
  }

  it('are read from each system, and a bad one is refused with its file', () => {
    const folder = join(shop.folder, 'templates', 'systems', 'shop');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'waivers.ts'), `exports.waivers = [${JSON.stringify(waiver)}];`);
    expect(loadWaivers(shop.folder)).to.deep.equal([waiver]);
    mkdirSync(join(folder, '..', 'other'));
    writeFileSync(join(folder, '..', 'other', 'waivers.ts'), 'exports.exceptions = [];');
    expect(() => loadWaivers(shop.folder)).to.throw('templates/systems/other/waivers.ts: it exports no list "waivers"');
    for (const [system, source, says] of [
      ['broken', 'exports.waivers = [', /templates\/systems\/broken\/waivers\.ts: it can't be loaded: .*\. Correct it\.$/s],
      ['bare', 'exports.waivers = [{ rule: "R" }, null];', /templates\/systems\/bare\/waivers\.ts: Waiver 1 \(R on no resource\): resource is missing/],
    ] as const) {
      rmSync(join(folder, '..'), { recursive: true });
      mkdirSync(join(folder, '..', system), { recursive: true });
      writeFileSync(join(folder, '..', system, 'waivers.ts'), source);
      expect(() => loadWaivers(shop.folder)).to.throw(says).with.property('exitCode', 2);
    }
  });
});

describe('a waiver pattern', () => {
  for (const { pattern, address, covered } of [
    { pattern: 'a/b/c/d#E', address: 'a/b/c/d#E', covered: true },
    { pattern: 'a/*/c/d#E', address: 'a/b/c/d#E', covered: true },
    { pattern: 'a/b/c/d#*', address: 'a/b/c/d', covered: false },
    { pattern: 'a/b/c/d', address: 'a/b/c/d#E', covered: false },
    { pattern: 'a/*/d#E', address: 'a/b/c/d#E', covered: false },
    { pattern: 'a/b*b/c/d#E', address: 'a/b/c/d#E', covered: false },
    { pattern: 'a/*b*c/c/d#E', address: 'a/abbc/c/d#E', covered: true },
    { pattern: `a/${'*x'.repeat(40)}y/c/d#E`, address: `a/${'x'.repeat(60)}/c/d#E`, covered: false },
    { pattern: 'a/b.c/c/d#E', address: 'a/bxc/c/d#E', covered: false },
  ]) {
    it(`${pattern} ${covered ? 'covers' : 'does not cover'} ${address}`, () => {
      expect(patternCovers(pattern, address)).to.equal(covered);
    });
  }
});
