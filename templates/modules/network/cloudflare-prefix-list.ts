import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { PrefixList } from '../../../src/cfn/generated/ec2';

/**
 * The IPv4 ranges from which Cloudflare calls origins, as published on `asOf`. They change once in years and are announced before;
 * adding one is a new entry here, taking the date along.
 * @see https://www.cloudflare.com/ips/
 */
export const cloudflareRanges = {
  asOf: '2026-10-14',
  ipv4: [
    '103.21.244.0/22',
    '103.22.200.0/22',
    '103.31.4.0/22',
    '104.16.0.0/13',
    '104.24.0.0/14',
    '108.162.192.0/18',
    '131.0.72.0/22',
    '141.101.64.0/18',
    '162.158.0.0/15',
    '172.64.0.0/13',
    '173.245.48.0/20',
    '188.114.96.0/20',
    '190.93.240.0/20',
    '197.234.240.0/22',
    '198.41.128.0/17',
  ],
} as const;

/** Rules that the list takes of the 60 that a security group may have: what it has room for and not what it holds. */
const room = 20;

/**
 * A prefix list of Cloudflare's ranges, which AWS keeps none of.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-prefixlist.html
 */
export function cloudflarePrefixList(t: TemplateBuilder<Parameters, unknown>): IntrinsicFunction {
  const { asOf, ipv4 } = cloudflareRanges;
  return t
    .add(
      'CloudflareRanges',
      new PrefixList({ PrefixListName: t.resourceName('cloudflare'), AddressFamily: 'IPv4', MaxEntries: room, Entries: ipv4.map((Cidr) => ({ Cidr, Description: `Cloudflare, as of ${asOf}` })) }),
    )
    .att('PrefixListId');
}
