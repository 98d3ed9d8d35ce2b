import type { EnvironmentResources } from './environment-resources';
import type { Invariant, Violation } from './invariant';

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html */
export const trail: Invariant = {
  id: 'account_has_one_trail_of_all_regions',
  title: 'The account has one trail, of all regions; systems have none of their own',
  severity: 'CRITICAL',
  controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2', 'NIST 800-53 r5 AU-12', 'SOC 2 CC7.2', 'CIS AWS 5.0.0 3.1', 'MAS TRM 2021 12.2'],
  requirements: [],
  fix: 'Keep trail() in the deployment of the account, and nowhere else',
  ofCatalogue: true,
  judge: (environment) => (environment.system === 'account' ? trailsOfAccount(environment) : trailsOfSystem(environment)),
};

function trailsOfAccount(environment: EnvironmentResources): Violation[] {
  const trails = environment.of('AWS::CloudTrail::Trail');
  const [resource = environment.all()[0], second] = trails;
  if (trails.length === 0) return [{ resource, what: 'No trail records what is done in the account', now: 'no AWS::CloudTrail::Trail' }];
  const multi = resource?.at('IsMultiRegionTrail');
  return [
    ...(second ? [{ resource: second, what: 'The account has two trails, which cost twice and tell the same', now: `${trails.length} trails` }] : []),
    ...(multi === undefined || multi === false || multi === 'false' ? [{ resource, property: 'IsMultiRegionTrail', what: 'The trail records one region only', now: `IsMultiRegionTrail: ${String(multi ?? '(absent)')}` }] : []),
  ];
}

function trailsOfSystem(environment: EnvironmentResources): Violation[] | 'did-not-apply' {
  const trails = environment.of('AWS::CloudTrail::Trail');
  return trails.length === 0 ? 'did-not-apply' : trails.map((resource) => ({ resource, what: 'A system has a trail of its own beside the account\'s', now: resource.logicalId }));
}
