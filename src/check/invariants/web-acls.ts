import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { originHeaders, requiresHeader } from './origin-header';
import type { PlacedResource } from './placed-resource';

/**
 * A load balancer that answers only who knows the header of a distribution stands behind the distribution's web ACL.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html
 */
export const webAcls: Invariant = {
  id: 'entries_are_behind_a_web_acl',
  title: 'Every distribution and every public load balancer stands behind a web ACL of the right scope',
  severity: 'CRITICAL',
  controls: ['PCI DSS 4.0.1 6.4.2', 'NIST 800-53 r5 SC-7', 'SOC 2 CC6.6', 'MAS TRM 2021 11.2'],
  requirements: ['KSH-99'],
  fix: 'Associate a web ACL, or let only CloudFront in by originHeader of the load balancer',
  judge: (environment) => {
    const entries = [...environment.of('AWS::CloudFront::Distribution'), ...publicLoadBalancers(environment)];
    return judgeEach(entries, (entry) => (entry.type === 'AWS::CloudFront::Distribution' ? distribution(environment, entry) : loadBalancer(environment, entry)));
  },
};

/** Internet-facing is what a load balancer is by default. */
function publicLoadBalancers(environment: EnvironmentResources): PlacedResource[] {
  return environment
    .of('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .filter((each) => (each.at('Scheme') ?? 'internet-facing') === 'internet-facing' && (each.at('Type') ?? 'application') === 'application');
}

function distribution(environment: EnvironmentResources, entry: PlacedResource): Violation[] {
  const written = entry.at('DistributionConfig.WebACLId');
  if (written === undefined || written === '') return [{ resource: entry, property: 'DistributionConfig.WebACLId', what: 'The distribution has no web ACL', now: 'WebACLId: (absent)', fix: 'Set webAclArn of distribution()' }];
  return wrongScope(environment.target(written), 'CLOUDFRONT', entry, 'DistributionConfig.WebACLId');
}

function loadBalancer(environment: EnvironmentResources, entry: PlacedResource): Violation[] {
  const associations = environment.of('AWS::WAFv2::WebACLAssociation').filter(({ region }) => region === entry.region);
  const own = associations.filter((each) => environment.target(each.at('ResourceArn')) === entry);
  if (own.length > 0) return own.flatMap((each) => wrongScope(environment.target(each.at('WebACLArn')), 'REGIONAL', each, 'WebACLArn'));
  const undecided = associations.some((each) => typeof each.at('ResourceArn') !== 'string' && !environment.target(each.at('ResourceArn')));
  if (undecided || requiresHeader(environment, entry, originHeaders(environment))) return [];
  return [{ resource: entry, what: 'The public load balancer has neither a web ACL nor a header that only CloudFront knows', now: 'no WebACLAssociation names it' }];
}

function wrongScope(acl: PlacedResource | undefined, scope: string, resource: PlacedResource, property: string): Violation[] {
  const written = acl?.at('Scope');
  if (typeof written !== 'string' || written === scope) return [];
  return [{ resource, property, what: 'The web ACL is of the wrong scope here', now: `Scope of ${acl?.logicalId}: ${written}`, fix: `Name a web ACL of scope ${scope}` }];
}
