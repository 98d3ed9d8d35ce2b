import { MeridianError } from '../../../src/errors';
import { startOf, type TierRange } from './cidr';
import { toAddress, toNumber } from './ipv4';

/** A tier whose subnets have their places. */
export interface PlacedTier extends TierRange {
  /** Where each zone's subnet begins in the VPC's /16, as the last two numbers of its address, for example `24.0`. */
  readonly offsets: readonly string[];
}

/** A subnet of a plan, as the numbers of its first and last address counted from the VPC's first. */
interface Block {
  /** `Database 36.0/24`. */
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Puts the subnets of a /16 where their tiers say: for a plan that somebody has drawn already.
 *
 * @param vpc    the VPC's range, which must be a /16
 * @param tiers  each with offsets for at least `zones` subnets; further ones are reserved
 * @returns the ranges of each tier, one a zone
 * @throws MeridianError when the range is not an aligned /16, a tier has too few offsets, one is no offset or is not aligned to its size, or two blocks overlap
 */
export function placeSubnets(vpc: string, tiers: readonly PlacedTier[], zones: number): Readonly<Record<string, readonly string[]>> {
  const start = startOf(vpc);
  const blocks = tiers.map((tier) => ({ tier, placed: blocksOf(tier, zones) }));
  refuseOverlap(blocks.flatMap(({ placed }) => placed));
  return Object.fromEntries(blocks.map(({ tier, placed }) => [tier.name, placed.slice(0, zones).map(({ first }) => `${toAddress(start + first)}/${tier.prefix}`)]));
}

function blocksOf({ name, prefix, offsets }: PlacedTier, zones: number): readonly Block[] {
  if (!Number.isInteger(prefix) || prefix < 17 || prefix > 28) {
    throw new MeridianError(`Prefix ${prefix} of tier ${name} out of range: a subnet of a /16 has 17 to 28. Choose a number between them.`, 2);
  }
  if (offsets.length < zones) {
    throw new MeridianError(`Tier ${name} has ${offsets.length} offsets: ${zones} zones need ${zones}. Give each zone's subnet its place, for example 24.0.`, 2);
  }
  const size = 2 ** (32 - prefix);
  return offsets.map((offset) => {
    if (!/^\d{1,3}\.\d{1,3}$/.test(offset) || offset.split('.').some((part) => Number(part) > 255)) {
      throw new MeridianError(`Offset "${offset}" of tier ${name} is not the end of an address: a subnet of a /16 is placed by its last two numbers. Write it as 24.0.`, 2);
    }
    const first = toNumber(offset);
    if (first % size !== 0) {
      throw new MeridianError(`Offset "${offset}" of tier ${name} is not aligned: a /${prefix} begins at a multiple of ${size} addresses. The one before it begins at ${ending(first - (first % size))}.`, 2);
    }
    return { name: `${name} ${offset}/${prefix}`, first, last: first + size - 1 };
  });
}

function refuseOverlap(blocks: readonly Block[]): void {
  const sorted = [...blocks].sort((a, b) => a.first - b.first);
  for (const [index, block] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next && next.first <= block.last) throw new MeridianError(`Subnets ${block.name} and ${next.name} overlap: an address belongs to one subnet. The first free offset behind the former is ${ending(block.last + 1)}.`, 2);
  }
}

const ending = (value: number): string => toAddress(value).split('.').slice(2).join('.');
