import type { PlacedTier } from '../../modules/network/placed-subnets';
import type { Tier } from '../../modules/network/vpc';

/** The tiers of the VPC. */
export type TierName = 'Public' | 'Private' | 'Isolated' | 'Database';

type PlannedTier = Tier<TierName> & PlacedTier;

/**
 * The owner's plan of twelve subnets, by what comes after the first two numbers of each VPC's range. Public: load balancer and NAT.
 * Private: services, functions, endpoints, bastion. Isolated, with no way out: the cache. Database, with none either: Aurora and its proxy.
 */
export const subnetPlan: readonly [PlannedTier, ...PlannedTier[]] = [
  { name: 'Public', prefix: 23, offsets: ['24.0', '26.0', '28.0'], internet: 'gateway' },
  { name: 'Private', prefix: 21, offsets: ['0.0', '8.0', '16.0'], internet: 'nat' },
  { name: 'Isolated', prefix: 23, offsets: ['30.0', '32.0', '34.0'], internet: 'none' },
  { name: 'Database', prefix: 24, offsets: ['36.0', '37.0', '38.0'], internet: 'none' },
];
