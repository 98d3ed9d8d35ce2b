import { expect } from 'chai';
import fc from 'fast-check';
import { cutSubnets, cutTiers } from '../../../../templates/modules/network/cidr';
import { MeridianError } from '../../../../src/errors';
import { bounds } from './bounds';

const vpc = fc.tuple(fc.integer({ min: 1, max: 223 }), fc.integer({ min: 0, max: 255 })).map(([a, b]) => `${a}.${b}.0.0/16`);
const tiers = fc.uniqueArray(fc.record({ name: fc.constantFrom('Public', 'Frontend', 'Backend', 'Database'), prefix: fc.integer({ min: 20, max: 28 }) }), { selector: ({ name }) => name, minLength: 1 });
const zones = fc.integer({ min: 1, max: 4 });

describe('Cutting a VPC into subnets', () => {
  it('gives ranges that lie inside the VPC, are aligned and never overlap', () => {
    fc.assert(
      fc.property(vpc, tiers, zones, (range, wanted, count) => {
        const [start, end] = bounds(range);
        const all = Object.values(cutSubnets(range, wanted, count)).flat().map(bounds).sort(([a], [b]) => a - b);
        expect(all).to.have.length(wanted.length * count);
        for (const [i, [first, last]] of all.entries()) {
          expect(first).to.be.at.least(start);
          expect(last).to.be.at.most(end);
          expect(first % (last - first + 1)).to.equal(0);
          if (i > 0) expect(first).to.be.greaterThan(all[i - 1]![1]);
        }
      }),
    );
  });

  it('moves no subnet when a zone is added', () => {
    fc.assert(
      fc.property(vpc, tiers, (range, wanted) => {
        const [two, three] = [cutSubnets(range, wanted, 2), cutSubnets(range, wanted, 3)];
        for (const { name } of wanted) expect(three[name]!.slice(0, 2)).to.deep.equal(two[name]);
      }),
    );
  });

  it('gives each tier one aligned range that holds the subnets of all zones it may ever have, and nothing of another tier', () => {
    fc.assert(
      fc.property(vpc, tiers, (range, wanted) => {
        const [whole, cut] = [cutTiers(range, wanted), cutSubnets(range, wanted, 4)];
        for (const { name } of wanted) {
          const subnets = cut[name]!.map(bounds);
          const [first, last] = bounds(whole[name]!);
          expect([first, last]).to.deep.equal([subnets[0]![0], subnets[3]![1]]);
          expect(first % (last - first + 1)).to.equal(0);
        }
      }),
    );
  });

  const refused = [
    { range: '10.0.0.0/24', why: /is not a \/16/ },
    { range: '10.0.4.0/16', why: /is not a \/16/ },
    { range: '300.0.0.0/16', why: /is not a \/16/ },
    { range: 'hello', why: /is not a \/16/ },
  ];
  for (const { range, why } of refused) {
    it(`refuses ${range} as a VPC range and says what one looks like`, () => {
      expect(() => cutSubnets(range, [{ name: 'Public', prefix: 24 }], 2)).to.throw(MeridianError, why);
    });
  }

  it('refuses tiers that do not fit, with the addresses they would need', () => {
    expect(() => cutSubnets('10.0.0.0/16', [{ name: 'A', prefix: 18 }, { name: 'B', prefix: 20 }], 2)).to.throw(MeridianError, /need 81920 addresses, a \/16 has 65536/);
  });

  it('refuses a number of zones for which no range is reserved', () => {
    expect(() => cutSubnets('10.0.0.0/16', [{ name: 'A', prefix: 24 }], 5)).to.throw(MeridianError, /1 to 4/);
  });
});
