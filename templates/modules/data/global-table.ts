import type { Condition, Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { GlobalTable } from '../../../src/cfn/generated/dynamodb';
import type { Tag } from '../../../src/cfn/resource';
import { MeridianError } from '../../../src/errors';

/** An attribute that is a key: `S` is text, `N` a number. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: 'N' | 'S';
}

/** Another way to find items. It is written with every item, in every replica, and billed so. AWS adds or removes one in an update. */
export interface TableIndex {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  /** By which the items of one partition are sorted. */
  readonly sortKey: KeyAttribute;
}

/** One region's copy of a table. */
export interface TableReplica {
  readonly region: string;
  /** Customer-managed key of that region: a table can't be encrypted with another region's. */
  readonly keyArn: IntrinsicFunction;
}

/** Capacity that follows its load, in units a second, for reads and for writes each. */
export interface TableCapacity {
  readonly minimum: number;
  readonly maximum: number;
  /** Percent of the capacity in use at which it grows, and below which it shrinks: 20 to 90. */
  readonly targetPercent: number;
}

/** A table with a replica in each region of a system. */
export interface GlobalTableSettings {
  readonly name: Name;
  readonly partitionKey: KeyAttribute;
  /** By which the items of one partition are sorted. @default none: a partition is one item */
  readonly sortKey?: KeyAttribute;
  readonly indexes: readonly TableIndex[];
  /** Attribute with the second since 1970 from which the item is deleted; indexes hold it too. @default items stay */
  readonly endsAt?: string;
  /** The stack's own region and the others. Later only one may be added or removed in an update, and nothing else with it. */
  readonly replicas: readonly [TableReplica, ...TableReplica[]];
  /**
   * Capacity that is bought by the hour and follows its load by itself: for reads in each region and each index apart, for writes the
   * same in every region. @default none: the table bills by request
   */
  readonly capacity?: TableCapacity;
  /** Whether every replica refuses to be deleted. @default false: the table goes with its stack */
  readonly deletionProtection?: boolean;
  /** Keeps the table when its stack goes. @default false */
  readonly retained?: boolean;
  /** The region whose stack declares it: one of the replicas', and no other. */
  readonly when: Condition;
}

export type GlobalTableHandle = Handle<'AWS::DynamoDB::GlobalTable', 'Arn' | 'StreamArn' | 'TableId'>;

/**
 * A table with a replica in each region that takes reads and writes there; who writes last wins. It bills by request unless it has a
 * capacity, goes back to any second of the last 35 days, and is deleted with its stack, replicas included, unless it is retained.
 *
 * Never an `AWS::DynamoDB::Table`: making that a global one later may delete what it holds. Strong consistency is no choice for two
 * regions of different continents, and knows no end of items. DynamoDB deletes an item within days of its end: until then readers
 * must look at `endsAt` themselves, for which it is in every index.
 *
 * With a capacity DynamoDB refuses what is above it until it has grown, which takes minutes: unused capacity of the last five minutes
 * helps meanwhile, and the target leaves room. Indexes write what the table writes, and so need the same capacity.
 *
 * Contributor Insights is off, because it shows keys in the clear, outside the table's encryption: the ids of sessions and customers.
 * @throws MeridianError for a capacity that DynamoDB's auto scaling does not take
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/contributorinsights_HowItWorks.html
 */
export function globalTable(t: TemplateBuilder<Parameters, unknown>, id: string, settings: GlobalTableSettings): GlobalTableHandle {
  const { name, partitionKey, sortKey, indexes, endsAt, replicas, deletionProtection = false, retained = false, when } = settings;
  const scaling = settings.capacity && scalingOf(settings.capacity);
  const writes = scaling ? { WriteProvisionedThroughputSettings: { WriteCapacityAutoScalingSettings: scaling } } : {};
  const reads = scaling ? { ReadProvisionedThroughputSettings: { ReadCapacityAutoScalingSettings: scaling } } : {};
  const keys = new Map([partitionKey, ...(sortKey ? [sortKey] : []), ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])].map((key) => [key.name, key]));
  const hash = ({ name: AttributeName }: KeyAttribute) => ({ AttributeName, KeyType: 'HASH' });
  const range = ({ name: AttributeName }: KeyAttribute) => ({ AttributeName, KeyType: 'RANGE' });
  return t.add(
    id,
    new GlobalTable({
      TableName: name,
      BillingMode: scaling ? 'PROVISIONED' : 'PAY_PER_REQUEST',
      ...writes,
      AttributeDefinitions: [...keys.values()].map(({ name: AttributeName, type: AttributeType }) => ({ AttributeName, AttributeType })),
      KeySchema: [hash(partitionKey), ...(sortKey ? [range(sortKey)] : [])],
      ...(indexes.length
        ? {
            GlobalSecondaryIndexes: indexes.map((index) => ({
              IndexName: index.name,
              KeySchema: [hash(index.partitionKey), range(index.sortKey)],
              Projection: endsAt === undefined ? { ProjectionType: 'KEYS_ONLY' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: [endsAt] },
              ...writes,
            })),
          }
        : {}),
      ...(endsAt === undefined ? {} : { TimeToLiveSpecification: { Enabled: true, AttributeName: endsAt } }),
      // What replicates: a table of several regions must have it.
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: replicas.map(({ region, keyArn }) => ({
        Region: region,
        SSESpecification: { KMSMasterKeyId: keyArn },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        ContributorInsightsSpecification: { Enabled: false },
        DeletionProtectionEnabled: deletionProtection,
        ...reads,
        ...(scaling && indexes.length ? { GlobalSecondaryIndexes: indexes.map((index) => ({ IndexName: index.name, ...reads })) } : {}),
        Tags: tagsOf(t),
      })),
    }).keep(retained ? 'RetainExceptOnCreate' : 'Delete'),
    { when },
  );
}

/** How auto scaling keeps a capacity at its target. */
function scalingOf({ minimum, maximum, targetPercent }: TableCapacity): GlobalTable.CapacityAutoScalingSettings {
  if (!Number.isInteger(minimum) || minimum < 1 || maximum <= minimum) {
    throw new MeridianError(`Table capacity of ${minimum} to ${maximum} units: the first is not 1 or more, or not below the second. Give whole numbers in order.`, 2);
  }
  if (targetPercent < 20 || targetPercent > 90) throw new MeridianError(`Table capacity target of ${targetPercent} %: auto scaling takes 20 to 90. Move it there.`, 2);
  return { MinCapacity: minimum, MaxCapacity: maximum, TargetTrackingScalingPolicyConfiguration: { TargetValue: targetPercent } };
}

/** The tags that every resource has: a global table takes none itself, only its replicas do. */
function tagsOf(t: TemplateBuilder<Parameters, unknown>): Tag[] {
  return Object.entries<string>({ ...t.context.tags })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}
