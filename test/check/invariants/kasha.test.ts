import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { check } from '../../../src/check';
import { kasha } from '../../../templates/systems/kasha';

describe('what holds for Kasha’s production as a whole', function () {
  this.timeout(60_000);
  let dist: string;
  before(async () => {
    dist = mkdtempSync(join(tmpdir(), 'meridian-invariants-'));
    await build({ dist, systems: [kasha], environments: ['production'] });
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  it('KSH-02 is what every invariant asks for that applies, names and replicas of both regions among them', async () => {
    const { findings, rules } = await check({ dist, waivers: [], today: '2026-06-01', steps: ['invariants'] });
    expect(findings.map(({ rule, where }) => `${rule} ${where.template}#${where.logicalId}`)).to.deep.equal([]);
    const passed = rules.filter(({ state }) => state === 'passed').map(({ rule }) => rule);
    expect(passed).to.include.members(['account_wide_names_differ', 'secrets_stand_where_they_are_read', 'failover_records_come_in_pairs', 'regions_can_be_switched', 'cloudfront_finds_its_parts_in_us_east_1']);
    expect(passed.length).to.be.greaterThan(25);
  });
});
