import type { Distribution } from '../../../src/cfn/generated/cloudfront';
import { MeridianError } from '../../../src/errors';
import type { CountryCode } from './country-code';

/**
 * Refuses users by the country that CloudFront finds for their address; an address without a known country is served. Without
 * countries, everybody is served.
 * @throws MeridianError for a country that is listed twice, which is most likely a misspelling of another
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/georestrictions.html
 */
export function geoRestriction(blocked: readonly CountryCode[]): Distribution.GeoRestriction {
  const twice = blocked.find((country, index) => blocked.indexOf(country) !== index);
  if (twice) throw new MeridianError(`Blocked country ${twice}: it is in the list twice. Remove one, or correct it to the country that was meant.`, 2);
  return blocked.length ? { RestrictionType: 'blacklist', Locations: [...blocked].sort() } : { RestrictionType: 'none' };
}
