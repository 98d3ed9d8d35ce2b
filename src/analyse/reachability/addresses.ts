import { Address4 } from 'ip-address';
import { MeridianError } from '../../errors';
import { difference, isSame, rangesOf, type Range, type Ranges } from './ranges';

/**
 * The IPv4 addresses of a block.
 * @param block such as `10.0.0.0/16`; bits after the prefix count for nothing, as EC2 ignores them too
 * @throws MeridianError when the text is no IPv4 block
 */
export function addressesOf(block: string): Ranges {
  if (!Address4.isValid(block)) throw new MeridianError(`Address block "${block}": it is no IPv4 block. Write it as 10.0.0.0/16.`, 2);
  const address = new Address4(block);
  return [[Number(address.startAddress().bigInt()), Number(address.endAddress().bigInt())]];
}

/** Every IPv4 address. */
export const everyAddress: Ranges = addressesOf('0.0.0.0/0');

/**
 * The addresses that nobody on the internet has: private, shared, loopback, link-local, multicast and reserved ones.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const neverPublic: Ranges = rangesOf(
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3'].flatMap(addressesOf),
);

/** The addresses that somebody on the internet may have. */
export const publicAddresses: Ranges = difference(everyAddress, neverPublic);

/** Blocks that a text names at most before it names what is left out instead. */
const mostBlocks = 8;

/** Addresses as text: the fewest blocks that cover them, or `any address` for those of the internet, where need be without some blocks. */
export function addressText(addresses: Ranges): string {
  if (isSame(addresses, publicAddresses) || isSame(addresses, everyAddress)) return 'any address';
  const blocks = addresses.flatMap(blocksOf);
  const missing = difference(publicAddresses, addresses).flatMap(blocksOf);
  return blocks.length <= mostBlocks || missing.length >= blocks.length ? blocks.join(', ') : `any address but ${missing.join(', ')}`;
}

const bits = 32;

function blocksOf([first, last]: Range): readonly string[] {
  const blocks: string[] = [];
  for (let start = first; start <= last; ) {
    let size = 1;
    while (size < 2 ** bits && start % (size * 2) === 0 && start + size * 2 - 1 <= last) size *= 2;
    blocks.push(`${Address4.fromBigInt(BigInt(start)).correctForm()}/${bits - Math.log2(size)}`);
    start += size;
  }
  return blocks;
}
