import { expect } from 'chai';
import fc from 'fast-check';
import { MeridianError } from '../../../../src/errors';
import { placeSubnets, type PlacedTier } from '../../../../templates/modules/network/placed-subnets';
import { bounds } from './bounds';

const plan: readonly PlacedTier[] = [
  { name: 'Public', prefix: 23, offsets: ['24.0', '26.0'] },
  { name: 'Private', prefix: 21, offsets: ['0.0', '8.0'] },
];
const changed = (change: Partial<PlacedTier>): readonly PlacedTier[] => [{ ...plan[0]!, ...change }, plan[1]!];

describe('Placing subnets by a plan', () => {
  it('puts each where its offset says, in whatever /16', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 223 }), fc.integer({ min: 0, max: 255 }), (a, b) => {
        expect(placeSubnets(`${a}.${b}.0.0/16`, plan, 2)).to.deep.equal({ Public: [`${a}.${b}.24.0/23`, `${a}.${b}.26.0/23`], Private: [`${a}.${b}.0.0/21`, `${a}.${b}.8.0/21`] });
      }),
    );
  });

  it('takes the first offsets when fewer zones are used, and keeps the others free', () => {
    expect(placeSubnets('10.0.0.0/16', plan, 1)).to.deep.equal({ Public: ['10.0.24.0/23'], Private: ['10.0.0.0/21'] });
    expect(() => placeSubnets('10.0.0.0/16', changed({ offsets: ['24.0', '8.0'] }), 1)).to.throw(MeridianError, /overlap/);
  });

  it('gives aligned blocks inside the VPC that do not overlap, or none', () => {
    const offset = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 64, 128)).map(([a, b]) => `${a}.${b}`);
    const tier = (name: string) => fc.record({ name: fc.constant(name), prefix: fc.integer({ min: 18, max: 26 }), offsets: fc.array(offset, { minLength: 2, maxLength: 2 }) });
    let placed = 0;
    fc.assert(
      fc.property(tier('A'), tier('B'), (one, other) => {
        let all: (readonly [number, number])[] = [];
        try {
          all = Object.values(placeSubnets('10.7.0.0/16', [one, other], 2)).flat().map(bounds).sort(([a], [b]) => a - b);
        } catch (error) {
          expect(error).to.be.instanceOf(MeridianError);
          return;
        }
        placed += 1;
        const [start, end] = bounds('10.7.0.0/16');
        for (const [index, [first, last]] of all.entries()) {
          expect(first >= start && last <= end).to.equal(true);
          expect(first % (last - first + 1)).to.equal(0);
          if (index > 0) expect(first).to.be.greaterThan(all[index - 1]![1]);
        }
      }),
      { numRuns: 2000 },
    );
    expect(placed).to.be.greaterThan(0);
  });

  const refused: readonly { readonly what: string; readonly change: Partial<PlacedTier>; readonly why: RegExp }[] = [
    { what: 'a block that does not begin at a multiple of its size', change: { offsets: ['25.0', '26.0'] }, why: /"25\.0" of tier Public is not aligned: a \/23 .* The one before it begins at 24\.0/ },
    { what: 'blocks that overlap', change: { offsets: ['24.0', '14.0'] }, why: /Private 8\.0\/21 and Public 14\.0\/23 overlap.*16\.0/ },
    { what: 'one place for two subnets', change: { offsets: ['24.0', '24.0'] }, why: /overlap/ },
    { what: 'fewer offsets than zones', change: { offsets: ['24.0'] }, why: /Tier Public has 1 offsets: 2 zones need 2/ },
    { what: 'a number above 255', change: { offsets: ['24.0', '256.0'] }, why: /"256\.0" of tier Public is not the end of an address/ },
    { what: 'a whole address', change: { offsets: ['10.0.24.0', '26.0'] }, why: /is not the end of an address/ },
    { what: 'a subnet as large as the VPC', change: { prefix: 16, offsets: ['0.0', '0.0'] }, why: /Prefix 16 of tier Public out of range/ },
  ];
  for (const { what, change, why } of refused) {
    it(`refuses ${what}`, () => {
      expect(() => placeSubnets('10.0.0.0/16', changed(change), 2)).to.throw(MeridianError, why);
    });
  }

  it('refuses a VPC that is no /16', () => {
    expect(() => placeSubnets('10.0.0.0/20', plan, 2)).to.throw(MeridianError, /is not a \/16/);
  });
});
