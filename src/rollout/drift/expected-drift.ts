import type { Difference, DriftedResource } from './drifted-resource';

/** A difference that a healthy system shows, because something other than CloudFormation decides the value. */
interface ExpectedDrift {
  readonly types: readonly string[];
  /** First name of the property's pointer. */
  readonly properties: readonly string[];
  readonly because: string;
  /** Whether bringing the value back would undo a failover. @default no */
  readonly undoesFailover?: true;
  /** What else must hold of the difference. @default nothing */
  readonly when?: (difference: Difference) => boolean;
}

const promoted = 'a switchover or failover gave the databases other roles';
const scaled = 'automatic scaling decides this value';

/**
 * What drift detection reports although nothing is wrong.
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1857 global clusters after a switchover
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2156 members of global clusters after a switchover
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html values that AWS manages
 */
const expectedDrifts: readonly ExpectedDrift[] = [
  { types: ['AWS::RDS::GlobalCluster'], properties: ['SourceDBClusterIdentifier'], because: promoted, undoesFailover: true },
  { types: ['AWS::RDS::DBCluster'], properties: ['GlobalClusterIdentifier', 'ReplicationSourceIdentifier', 'SourceRegion'], because: promoted, undoesFailover: true },
  { types: ['AWS::RDS::DBInstance'], properties: ['SourceDBInstanceIdentifier', 'SourceRegion', 'ReplicaMode'], because: promoted, undoesFailover: true },
  { types: ['AWS::ECS::Service'], properties: ['DesiredCount'], because: scaled },
  { types: ['AWS::ECS::Service'], properties: ['CapacityProviderStrategy'], because: 'the service runs on demand while Fargate Spot is short' },
  { types: ['AWS::AutoScaling::AutoScalingGroup'], properties: ['DesiredCapacity'], because: scaled },
  { types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], properties: ['ProvisionedThroughput', 'WriteProvisionedThroughputSettings'], because: scaled },
  { types: ['AWS::ApplicationAutoScaling::ScalableTarget'], properties: ['MinCapacity', 'MaxCapacity'], because: 'a scheduled action sets this value at certain hours' },
  { types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'], properties: ['EngineVersion'], because: 'the database took a newer minor version by itself', when: isNewerMinor },
];

/**
 * Why a drifted resource is as it should be; nothing when one of its differences has no such reason. What was deleted never has one.
 */
export function judgeDrift({ type, status, differences }: Pick<DriftedResource, 'type' | 'status' | 'differences'>): Pick<DriftedResource, 'expectedBecause' | 'undoesFailover'> {
  if (status === 'DELETED') return {};
  const reasons = differences.map((difference) => reasonFor(type, difference)).filter((reason) => reason !== undefined);
  return {
    ...(reasons.length === differences.length && reasons.length > 0 && { expectedBecause: [...new Set(reasons.map(({ because }) => because))].join('; ') }),
    ...(reasons.some(({ undoesFailover }) => undoesFailover) && { undoesFailover: true as const }),
  };
}

function reasonFor(type: string, difference: Difference): ExpectedDrift | undefined {
  const property = difference.property.split('/')[1] ?? '';
  return expectedDrifts.find(({ types, properties, when = () => true }) => types.includes(type) && properties.includes(property) && when(difference));
}

/** Whether a version is the same major one with a higher rest: `16.6` after `16.4`, not `17.1` and not `16.2`. */
function isNewerMinor({ expected, actual }: Difference): boolean {
  const [before, now] = [expected, actual].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)));
  if (!before || !now || before[0] !== now[0]) return false;
  const changed = now.findIndex((part, index) => part !== before[index]);
  return changed > 0 && now[changed]! > (before[changed] ?? -1);
}
