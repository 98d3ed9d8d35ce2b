import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { nameKey } from './name-key';
import type { PlacedResource } from './placed-resource';
import { servicesAllowed, statementsOf } from './policy-statements';
import type { Value } from '../../resolve';
import { valueOf } from '../value-path';

/** A bucket that a distribution reads by an origin access control. */
interface OriginBucket {
  readonly distribution: PlacedResource;
  readonly bucket: PlacedResource;
}

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
export const originBuckets: Invariant = {
  id: 'origin_buckets_serve_their_distribution_only',
  title: 'A bucket behind an origin access control admits its own distribution, and no other; and every origin access control is in use',
  severity: 'HIGH',
  controls: ['PCI DSS 4.0.1 1.4.2', 'NIST 800-53 r5 AC-3', 'SOC 2 CC6.1'],
  requirements: [],
  fix: 'Allow cloudfront.amazonaws.com in the bucket policy with the condition AWS:SourceArn of the distribution',
  judge: (environment) => {
    const distributions = environment.of('AWS::CloudFront::Distribution');
    const used = new Set(distributions.flatMap((each) => each.all('DistributionConfig.Origins.*.OriginAccessControlId').map((id) => environment.target(id))));
    const unused = environment.of('AWS::CloudFront::OriginAccessControl').filter((control) => !used.has(control));
    return judgeEach<PlacedResource | OriginBucket>([...unused, ...bucketsOf(environment)], (each) => ('bucket' in each ? admission(environment, each) : [inVain(each)]));
  },
};

function bucketsOf(environment: EnvironmentResources): OriginBucket[] {
  return environment.of('AWS::CloudFront::Distribution').flatMap((distribution) =>
    distribution
      .all('DistributionConfig.Origins.*')
      .filter((origin) => environment.target(valueOf(origin, 'OriginAccessControlId')) !== undefined)
      .flatMap((origin) => [...environment.targets(valueOf(origin, 'DomainName')), ...bucketsNamed(environment, valueOf(origin, 'DomainName'))])
      .filter(({ type }) => type === 'AWS::S3::Bucket')
      .map((bucket) => ({ distribution, bucket })),
  );
}

/** A bucket of another region or deployment is known by its agreed name only. */
function bucketsNamed(environment: EnvironmentResources, domainName: Value | undefined): PlacedResource[] {
  const domain = nameKey(domainName);
  return environment.of('AWS::S3::Bucket').filter((bucket) => {
    const name = nameKey(bucket.at('BucketName'));
    return name !== undefined && domain?.startsWith(`${name}.s3`) === true;
  });
}

function inVain(control: PlacedResource): Violation {
  return { resource: control, what: 'No origin uses the origin access control', now: 'no Origins.OriginAccessControlId names it', fix: 'Name it in the origin of the bucket' };
}

function admission(environment: EnvironmentResources, { distribution, bucket }: OriginBucket): Violation[] {
  const policies = environment.of('AWS::S3::BucketPolicy').filter((policy) => environment.target(policy.at('Bucket')) === bucket);
  const [policy] = policies;
  if (!policy) return [{ resource: bucket, what: 'No policy lets the distribution read the bucket', now: 'no BucketPolicy names it' }];
  const statements = statementsOf(policy.at('PolicyDocument'));
  const admitting = statements?.filter((statement) => servicesAllowed(statement)?.includes('cloudfront.amazonaws.com'));
  if (!admitting) return [];
  if (admitting.length === 0) return [{ resource: policy, property: 'PolicyDocument', what: 'The policy does not let CloudFront read the bucket', now: 'no Allow for cloudfront.amazonaws.com' }];
  const open = admitting.filter((statement) => valueOf(statement, 'Condition') === undefined);
  const foreign = admitting.filter((statement) => {
    const named = environment.targets(valueOf(statement, 'Condition'));
    return named.length > 0 && !named.includes(distribution);
  });
  return [
    ...open.slice(0, 1).map(() => ({ resource: policy, property: 'PolicyDocument', what: "The policy lets everybody's distributions read the bucket", now: 'Allow for cloudfront.amazonaws.com without AWS:SourceArn' })),
    ...(foreign.length === admitting.length ? [{ resource: policy, property: 'PolicyDocument', what: 'The policy admits another distribution than the one that has the bucket as its origin', now: `AWS:SourceArn of something else than ${distribution.logicalId}` }] : []),
  ];
}
