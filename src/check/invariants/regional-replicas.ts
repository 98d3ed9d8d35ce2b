import type { EnvironmentResources } from './environment-resources';
import { clustersOf } from './global-database-members';
import { judgeEach, type Invariant, type Violation } from './invariant';
import type { PlacedResource } from './placed-resource';

/**
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export const regionalReplicas: Invariant = {
  id: 'replicas_stand_where_the_deployment_does',
  title: 'Global tables, global clusters and multi-Region keys have a replica in each region of their deployment, and nowhere else; a key that is deployed to one region has it elsewhere',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-6', 'NIST 800-53 r5 SC-36', 'SOC 2 A1.2', 'MAS TRM 2021 8.2'],
  requirements: ['KSH-02'],
  fix: 'List the regions of the system as the replicas',
  judge: (environment) => judgeEach(subjectsOf(environment), (subject) => compare(environment, subject)),
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html */
export const replicaKeys: Invariant = {
  id: 'replica_keys_copy_multi_region_keys',
  title: 'A replica key copies a key that is a multi-Region primary: KMS replicates no other, and a key of one Region can’t become one',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-7', 'NIST 800-53 r5 SC-12', 'SOC 2 A1.2', 'MAS TRM 2021 8.2'],
  requirements: ['LKC-88', 'LKC-89'],
  fix: 'Set MultiRegion to true on the key that is copied, before it is first created',
  judge: (environment) =>
    judgeEach(environment.of('AWS::KMS::ReplicaKey'), (replica) =>
      environment.targets(replica.at('PrimaryKeyArn')).flatMap((resource): Violation[] => {
        const multiRegion = resource.at('MultiRegion') ?? false;
        return resource.type === 'AWS::KMS::Key' && [false, 'false'].includes(multiRegion as never) ? [{ resource, property: 'MultiRegion', what: `${replica.logicalId} copies the key, which exists in one Region only`, now: String(multiRegion) }] : [];
      }),
    ),
};

interface Replicated {
  readonly resource: PlacedResource;
  /** Undefined when deployment decides them. */
  readonly replicas: readonly string[] | undefined;
  /** Whether each replica is a resource of its own, which stands wherever the deployment that declares it does. */
  readonly declaredApart?: boolean;
}

function subjectsOf(environment: EnvironmentResources): Replicated[] {
  const tables = environment.of('AWS::DynamoDB::GlobalTable').map((resource) => ({ resource, replicas: texts(resource.all('Replicas.*.Region')) }));
  const clusters = environment.of('AWS::RDS::GlobalCluster').map((resource) => ({ resource, replicas: clustersOf(environment, resource).map(({ region }) => region) }));
  const keys = environment
    .of('AWS::KMS::Key')
    .filter((key) => key.at('MultiRegion') === true || key.at('MultiRegion') === 'true')
    .map((resource) => ({ resource, declaredApart: true, replicas: [resource.region, ...environment.of('AWS::KMS::ReplicaKey').filter((each) => environment.targets(each.at('PrimaryKeyArn')).includes(resource)).map(({ region }) => region)] }));
  return [...tables, ...clusters, ...keys];
}

function compare(environment: EnvironmentResources, { resource, replicas, declaredApart = false }: Replicated): Violation[] {
  if (!replicas) return [];
  const wanted = environment.regionsOf(resource);
  const lacking = wanted.filter((region) => !replicas.includes(region));
  const strangers = declaredApart ? [] : replicas.filter((region) => !wanted.includes(region));
  const now = `replicas in ${replicas.join(', ') || 'no region'}`;
  if (declaredApart && wanted.length === 1 && replicas.length === 1) return [{ resource, what: 'There is no replica in another region', now }];
  return [
    ...lacking.map((region) => ({ resource, what: `There is no replica in ${region}, where the deployment stands`, now })),
    ...strangers.map((region) => ({ resource, what: `There is a replica in ${region}, where the deployment does not stand`, now })),
  ];
}

function texts(values: readonly unknown[]): string[] | undefined {
  const known = values.filter((value): value is string => typeof value === 'string');
  return known.length === values.length ? known : undefined;
}
