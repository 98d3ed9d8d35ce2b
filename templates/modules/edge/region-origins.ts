import type { IntrinsicFunction } from '../../../src/cfn';
import type { DistributionSettings } from './distribution';
import type { OriginSettings } from './origin';

/** The names of a pair of regions, as `regionOrigin` makes them. */
export interface RegionOriginsSettings extends Pick<OriginSettings, 'header'> {
  /** Name that fails over to the region that is well. */
  readonly originName: IntrinsicFunction;
  /** The secondary region's own name. */
  readonly secondaryName: IntrinsicFunction;
}

/**
 * How long CloudFront tries one region when it can still ask the other: 3 seconds to connect and 10 to answer, once. So a reader
 * waits 13 seconds at most until the second region is asked, and 26 for any answer.
 */
const impatient = { connection: { attempts: 1, timeoutSeconds: 3 }, readTimeoutSeconds: 10 } as const satisfies Partial<OriginSettings>;

/** Where there is no other region to ask: 9 seconds in three attempts, in which the name may have come to lead to the other region. */
const patient = { connection: { attempts: 3, timeoutSeconds: 3 } } as const satisfies Partial<OriginSettings>;

/**
 * The origins of a distribution in front of a pair of regions. Everything goes to the name that fails over, so that reads and writes
 * move together; what is only read is asked for a second time in the secondary region when that fails, so that readers notice nothing
 * of the minutes until the name has changed.
 */
export function regionOrigins({ originName, secondaryName, header }: RegionOriginsSettings): Pick<DistributionSettings, 'origin' | 'reading'> {
  const origin = { domainName: originName, header };
  return {
    origin: { ...origin, ...patient },
    reading: { origins: [{ ...origin, ...impatient }, { domainName: secondaryName, header, ...impatient }] },
  };
}
