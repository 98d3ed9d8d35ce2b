import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

/** The only region in which CloudFront finds web ACLs and certificates. */
const home = 'us-east-1';

/**
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export const usEast1: Invariant = {
  id: 'cloudfront_finds_its_parts_in_us_east_1',
  title: 'Web ACLs for CloudFront, their logging, viewer certificates and log deliveries of distributions stand in us-east-1 only',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CM-6', 'SOC 2 CC6.6'],
  requirements: ['KSH-97', 'KSH-99'],
  fix: `Put it into the edge deployment, which is in ${home} only`,
  judge: (environment) => judgeEach([...partsOf(environment), ...environment.of('AWS::CloudFront::Distribution')], (part) => (part.type === 'AWS::CloudFront::Distribution' ? foreignArns(part) : outside(part))),
};

function outside(part: PlacedResource): Violation[] {
  return part.region === home ? [] : [{ resource: part, what: 'CloudFront does not find this outside us-east-1', now: `${part.type} in ${part.region}` }];
}

/** ARNs of other regions that a distribution names in full. */
function foreignArns(distribution: PlacedResource): Violation[] {
  return ['DistributionConfig.ViewerCertificate.AcmCertificateArn', 'DistributionConfig.WebACLId'].flatMap((property) => {
    const arn = shownName(distribution.at(property));
    const region = /^arn:[^:]*:(?:acm|wafv2):([a-z0-9-]+):/.exec(arn)?.[1];
    return region === undefined || region === home ? [] : [{ resource: distribution, property, what: `CloudFront does not find what is in ${region}`, now: `${property.split('.').at(-1)}: ${arn}` }];
  });
}

function partsOf(environment: EnvironmentResources): PlacedResource[] {
  const acls = environment.of('AWS::WAFv2::WebACL').filter((acl) => acl.at('Scope') === 'CLOUDFRONT');
  const logging = environment.of('AWS::WAFv2::LoggingConfiguration').filter((each) => acls.some((acl) => environment.target(each.at('ResourceArn')) === acl));
  const distributions = environment.of('AWS::CloudFront::Distribution');
  const certificates = distributions.flatMap((each) => environment.target(each.at('DistributionConfig.ViewerCertificate.AcmCertificateArn')) ?? []);
  const sources = environment.of('AWS::Logs::DeliverySource').filter((each) => environment.targets(each.at('ResourceArn')).some((target) => distributions.includes(target)));
  return [...new Set([...acls, ...logging, ...certificates, ...sources])];
}
