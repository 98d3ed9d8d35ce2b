import { Address4 } from 'ip-address';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/** @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html */
export const vpcRanges: Invariant = {
  id: 'vpcs_have_ranges_of_their_own',
  title: 'No two VPCs of a system share addresses, so that their regions can be connected',
  severity: 'LOW',
  controls: ['NIST 800-53 r5 CP-2', 'NIST 800-53 r5 SC-7'],
  requirements: ['KSH-06'],
  fix: 'Give vpc() another range in each region, by t.byRegion()',
  judge: (environment) => {
    const vpcs = environment.of('AWS::EC2::VPC').filter((vpc) => rangeOf(vpc) !== undefined);
    if (vpcs.length < 2) return 'did-not-apply';
    return judgeEach(vpcs, (vpc) => {
      const other = vpcs.slice(0, vpcs.indexOf(vpc)).find((earlier) => overlap(vpc, earlier));
      return other ? [{ resource: vpc, property: 'CidrBlock', what: `The VPC has addresses of ${other.logicalId} in ${other.region}`, now: `CidrBlock: ${String(vpc.at('CidrBlock'))}` }] : [];
    });
  },
};

function rangeOf(vpc: PlacedResource): Address4 | undefined {
  const range = vpc.at('CidrBlock');
  return typeof range === 'string' && Address4.isValid(range) ? new Address4(range) : undefined;
}

function overlap(left: PlacedResource, right: PlacedResource): boolean {
  const [one, other] = [rangeOf(left), rangeOf(right)];
  return one !== undefined && other !== undefined && (one.isInSubnet(other) || other.isInSubnet(one));
}
