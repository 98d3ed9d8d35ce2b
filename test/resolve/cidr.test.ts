import { Address4, Address6 } from 'ip-address';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { cutBlocks } from '../../src/resolve/cidr';

interface Request {
  readonly range: string;
  readonly count: number;
  readonly hostBits: number;
}

function requests(bits: 32 | 128): fc.Arbitrary<Request> {
  return fc
    .integer({ min: bits === 32 ? 8 : 32, max: bits - 1 })
    .chain((prefix) => fc.record({ prefix: fc.constant(prefix), hostBits: fc.integer({ min: 1, max: bits - prefix }), seed: fc.bigInt({ min: 0n, max: (1n << BigInt(prefix)) - 1n }) }))
    .chain(({ prefix, hostBits, seed }) => {
      const start = seed << BigInt(bits - prefix);
      const address = bits === 32 ? Address4.fromBigInt(start) : Address6.fromBigInt(start);
      const room = Math.min(256, 2 ** (bits - prefix - hostBits));
      return fc.record({ range: fc.constant(`${address.correctForm()}/${prefix}`), hostBits: fc.constant(hostBits), count: fc.integer({ min: 1, max: room }) });
    });
}

function bounds(block: string): readonly [bigint, bigint] {
  const address = block.includes(':') ? new Address6(block) : new Address4(block);
  return [address.startAddress().bigInt(), address.endAddress().bigInt()];
}

describe('blocks of an address range', () => {
  for (const bits of [32, 128] as const) {
    it(`lie in an IPv${bits === 32 ? 4 : 6} range, follow each other without overlap or gap, and have the size asked for`, () => {
      fc.assert(
        fc.property(requests(bits), ({ range, count, hostBits }) => {
          const blocks = cutBlocks(range, count, hostBits) as readonly string[];
          expect(blocks).to.have.length(count);
          const [first, last] = bounds(range);
          let next = first;
          for (const [start, end] of blocks.map(bounds)) {
            expect(start).to.equal(next);
            expect(end - start + 1n).to.equal(1n << BigInt(hostBits));
            next = end + 1n;
          }
          expect(next - 1n <= last).to.equal(true);
        }),
      );
    });
  }

  it('of IPv6 are written in short form', () => {
    expect(cutBlocks('2001:db8:0:100::/56', 2, 64)).to.deep.equal(['2001:db8:0:100::/64', '2001:db8:0:101::/64']);
  });

  const refusals: readonly (readonly [string, number, number, string])[] = [
    ['10.0.0.0', 1, 8, '"10.0.0.0" is not an address range'],
    ['10.0.0.300/16', 1, 8, '"10.0.0.300/16" is not an address range'],
    ['10.0.0.0/40', 1, 8, '"10.0.0.0/40" is not an address range'],
    ['10.0.0.1/16', 1, 8, '"10.0.0.1/16" has bits set after its first 16'],
    ['10.0.0.0/16', 0, 8, '0 blocks are asked for'],
    ['10.0.0.0/8', 257, 8, '257 blocks are asked for'],
    ['10.0.0.0/16', 1, 17, 'blocks of 17 bits do not fit a /16'],
    ['10.0.0.0/16', 5, 14, '10.0.0.0/16 holds 4 blocks of 14 bits, not 5'],
    ['10.0.0.0/16', 1, Number.NaN, 'blocks of NaN bits do not fit a /16'],
  ];
  for (const [range, count, hostBits, why] of refusals) {
    it(`are refused for ${count} × ${hostBits} bits of ${range}`, () => expect(cutBlocks(range, count, hostBits)).to.have.property('why', why));
  }
});
