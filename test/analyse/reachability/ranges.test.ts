import { expect } from 'chai';
import fc from 'fast-check';
import { addressesOf, addressText, publicAddresses } from '../../../src/analyse/reachability/addresses';
import { covers, difference, intersection, isSame, rangesOf, union, type Range, type Ranges } from '../../../src/analyse/reachability/ranges';

const most = 40;
const set = fc.array(fc.tuple(fc.nat(most), fc.nat(most)), { maxLength: 6 }).map((ranges) => rangesOf(...ranges.map(([a, b]): Range => [a, b])));
const members = (ranges: Ranges): number[] => Array.from({ length: most + 1 }, (_, n) => n).filter((n) => ranges.some(([first, last]) => first <= n && n <= last));

describe('Sets of numbers', () => {
  it('hold what any, both or the first alone hold', () => {
    fc.assert(fc.property(set, set, (a, b) => {
      const [inA, inB] = [members(a), members(b)];
      expect(members(union(a, b))).to.deep.equal([...new Set([...inA, ...inB])].sort((x, y) => x - y));
      expect(members(intersection(a, b))).to.deep.equal(inA.filter((n) => inB.includes(n)));
      expect(members(difference(a, b))).to.deep.equal(inA.filter((n) => !inB.includes(n)));
      expect(covers(a, b)).to.equal(inB.every((n) => inA.includes(n)));
    }));
  });

  it('are written in one way only, so that equal sets are the same', () => {
    fc.assert(fc.property(set, set, (a, b) => {
      const both = union(a, b);
      both.forEach(([first, last], index) => {
        expect(first).to.be.at.most(last);
        if (index > 0) expect(first).to.be.above((both[index - 1]?.[1] ?? 0) + 1);
      });
      expect(isSame(both, union(b, a))).to.equal(true);
      expect(isSame(difference(both, b), difference(a, b))).to.equal(true);
    }));
  });
});

describe('Addresses', () => {
  it('are those of a block, whatever bits follow its prefix', () => {
    expect(addressesOf('10.0.0.0/24')).to.deep.equal([[0x0a_00_00_00, 0x0a_00_00_ff]]);
    expect(addressesOf('10.0.0.77/24')).to.deep.equal(addressesOf('10.0.0.0/24'));
    expect(() => addressesOf('10.0.0/24')).to.throw('Address block "10.0.0/24": it is no IPv4 block.');
  });

  it('are written as the blocks that they came from', () => {
    fc.assert(fc.property(fc.nat(0xff_ff_ff_ff), fc.integer({ min: 1, max: 32 }), (start, prefix) => {
      const size = 2 ** (32 - prefix);
      const first = Math.floor(start / size) * size;
      const block = addressText([[first, first + size - 1]]);
      expect(addressesOf(block)).to.deep.equal([[first, first + size - 1]]);
    }));
  });

  it('of the internet are any but private ones, and say what is left out of them', () => {
    expect(addressText(publicAddresses)).to.equal('any address');
    expect(addressText(difference(publicAddresses, addressesOf('203.0.113.0/24')))).to.equal('any address but 203.0.113.0/24');
    for (const block of ['10.1.2.3/32', '172.31.0.0/16', '192.168.1.0/24', '169.254.169.254/32']) expect(intersection(publicAddresses, addressesOf(block)), block).to.deep.equal([]);
  });
});
