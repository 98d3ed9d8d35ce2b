import { Address4, Address6 } from 'ip-address';

/** Why blocks cannot be cut: `why` is a clause and `fix` a sentence of the error message. */
export interface CidrRefusal {
  readonly why: string;
  readonly fix: string;
}

/** The most blocks that one `Fn::Cidr` gives. */
export const maximumBlocks = 256;

/**
 * Cuts the first blocks out of an address range, as `Fn::Cidr` does.
 * @param range    IPv4 or IPv6 range such as `10.0.0.0/16`
 * @param count    how many blocks, 1 to 256
 * @param hostBits size of a block: the bits of an address that differ inside it, so 8 makes IPv4 blocks of /24
 * @returns the blocks in ascending order (IPv6 in the short form of RFC 5952), or why there are none
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function cutBlocks(range: string, count: number, hostBits: number): readonly string[] | CidrRefusal {
  const family = range.includes(':') ? sixth : fourth;
  if (!/^[0-9A-Fa-f.:]+\/\d+$/.test(range) || !family.isValid(range)) {
    return { why: `"${range}" is not an address range`, fix: 'Write it as 10.0.0.0/16 or 2001:db8::/56.' };
  }
  const { start, prefix, aligned } = family.parse(range);
  if (!aligned) return { why: `"${range}" has bits set after its first ${prefix}`, fix: `Write the range as ${family.format(start)}/${prefix}.` };
  if (!Number.isInteger(count) || count < 1 || count > maximumBlocks) {
    return { why: `${count} blocks are asked for`, fix: `Ask for 1 to ${maximumBlocks}.` };
  }
  const free = family.bits - prefix;
  if (!Number.isInteger(hostBits) || hostBits < 1 || hostBits > free) {
    return { why: `blocks of ${hostBits} bits do not fit a /${prefix}`, fix: `Ask for blocks of 1 to ${free} bits.` };
  }
  const size = 1n << BigInt(hostBits);
  const room = 1n << BigInt(free - hostBits);
  if (BigInt(count) > room) return { why: `${range} holds ${room} blocks of ${hostBits} bits, not ${count}`, fix: 'Ask for fewer or smaller blocks, or give a larger range.' };
  return Array.from({ length: count }, (_, index) => `${family.format(start + BigInt(index) * size)}/${family.bits - hostBits}`);
}

interface Family {
  readonly bits: number;
  isValid(range: string): boolean;
  parse(range: string): { readonly start: bigint; readonly prefix: number; readonly aligned: boolean };
  format(address: bigint): string;
}

const fourth: Family = {
  bits: 32,
  isValid: (range) => Address4.isValid(range),
  parse: (range) => start(new Address4(range)),
  format: (address) => [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.'),
};

const sixth: Family = {
  bits: 128,
  isValid: (range) => Address6.isValid(range),
  parse: (range) => start(new Address6(range)),
  format: (address) => Address6.fromBigInt(address).correctForm(),
};

function start(address: Address4 | Address6): { readonly start: bigint; readonly prefix: number; readonly aligned: boolean } {
  const first = address.startAddress().bigInt();
  return { start: first, prefix: address.subnetMask, aligned: first === address.bigInt() };
}
