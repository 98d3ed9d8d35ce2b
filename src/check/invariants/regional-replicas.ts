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
