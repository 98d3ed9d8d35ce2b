import { MeridianError } from '../../../src/errors';
import { toAddress, toNumber } from './ipv4';

/** A tier of subnets: one in each zone. */
export interface TierRange {
  readonly name: string;
  /** Prefix length of each subnet, 17 to 28. */
  readonly prefix: number;
}

/** Zones for which a range is reserved, used or not, so that adding a zone moves no subnet. */
const reservedZones = 4;

/**
 * The first address of a VPC's range, as a number.
 * @throws MeridianError when the range is not an aligned /16
 */
export function startOf(vpc: string): number {
  if (!/^(\d{1,3}\.){2}0\.0\/16$/.test(vpc) || vpc.split('.').slice(0, 2).some((part) => Number(part) > 255)) {
    throw new MeridianError(`VPC range "${vpc}" is not a /16 such as 10.0.0.0/16: subnets are cut from a /16. Write the range as a.b.0.0/16.`, 2);
  }
  return toNumber(vpc.replace('/16', ''));
}

/**
 * Cuts a /16 into the subnets of its tiers, largest first, so that every block is aligned and none overlap.
 *
 * @param vpc    the VPC's range, for example 10.0.0.0/16
 * @param zones  how many zones are used, 1 to 4
 * @returns the ranges of each tier, one a zone
 * @throws MeridianError when the range is not an aligned /16, or the tiers do not fit
 */
export function cutSubnets(vpc: string, tiers: readonly TierRange[], zones: number): Readonly<Record<string, readonly string[]>> {
  const start = startOf(vpc);
  if (!Number.isInteger(zones) || zones < 1 || zones > reservedZones) {
    throw new MeridianError(`Zones ${zones} out of range: ranges are reserved for 1 to ${reservedZones} zones. Choose a number between them.`, 2);
  }
  let next = start;
  const ranges: Record<string, readonly string[]> = {};
  for (const { name, prefix } of [...tiers].sort((a, b) => a.prefix - b.prefix)) {
    const size = 2 ** (32 - prefix);
    const first = next;
    ranges[name] = Array.from({ length: zones }, (_, zone) => `${toAddress(first + zone * size)}/${prefix}`);
    next += reservedZones * size;
  }
  if (next > start + 2 ** 16) {
    throw new MeridianError(`Tiers of ${vpc} too large: ${reservedZones} subnets a tier need ${next - start} addresses, a /16 has 65536. Give a tier a longer prefix.`, 2);
  }
  return ranges;
}

/**
 * The range that a tier has of a /16: its subnets and those reserved for zones not used yet. It is one block, because four subnets of
 * one size that begin where larger ones end are aligned.
 *
 * @param vpc  the VPC's range, for example 10.0.0.0/16
 * @throws MeridianError as `cutSubnets` does
 */
export function cutTiers(vpc: string, tiers: readonly TierRange[]): Readonly<Record<string, string>> {
  const ranges = cutSubnets(vpc, tiers, 1);
  return Object.fromEntries(tiers.map(({ name, prefix }) => [name, `${ranges[name]?.[0]?.split('/')[0]}/${prefix - Math.log2(reservedZones)}`]));
}
