import { judgeEach, type Invariant } from './invariant';

/** Types that name an Availability Zone, and where. */
const zoned: Readonly<Record<string, string>> = {
  'AWS::EC2::Subnet': 'AvailabilityZone',
  'AWS::EC2::Volume': 'AvailabilityZone',
  'AWS::RDS::DBInstance': 'AvailabilityZone',
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html */
export const zonesOfRegion: Invariant = {
  id: 'zones_are_of_the_region',
  title: 'What names an Availability Zone names one of the region that it stands in',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'],
  requirements: ['KSH-02'],
  fix: 'Select a zone of Fn::GetAZs, which are those of the region, as vpc() does',
  judge: (environment) => {
    const placed = Object.entries(zoned).flatMap(([type, property]) => environment.of(type).flatMap((resource) => (typeof resource.at(property) === 'string' ? [{ resource, property, zone: String(resource.at(property)) }] : [])));
    return judgeEach(placed, ({ resource, property, zone }) => (zone.startsWith(resource.region) ? [] : [{ resource, property, what: `The zone is not one of ${resource.region}, where the deployment stands too`, now: `${property}: ${zone}` }]));
  },
};
