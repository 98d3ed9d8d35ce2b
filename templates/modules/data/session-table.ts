import type { Condition, Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { GlobalTable } from '../../../src/cfn/generated/dynamodb';
import type { Tag } from '../../../src/cfn/resource';

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

/** A table of what ends by itself, such as sessions. */
export interface SessionTableSettings {
  readonly name: Name;
  readonly partitionKey: KeyAttribute;
  readonly indexes: readonly TableIndex[];
  /** Attribute with the second since 1970 from which the item is deleted; indexes hold it too. */
  readonly endsAt: string;
  /** The stack's own region and the others. Later only one may be added or removed in an update, and nothing else with it. */
  readonly replicas: readonly [TableReplica, ...TableReplica[]];
  /** The region whose stack declares it: one of the replicas', and no other. */
  readonly when: Condition;
}

/**
 * A table with a replica in each region that takes reads and writes there; who writes last wins. It bills by request, goes back to any
 * second of the last 35 days, and is deleted with its stack, replicas included.
 *
 * Never an `AWS::DynamoDB::Table`: making that a global one later may delete what it holds. Strong consistency is no choice for two
 * regions of different continents, and knows no end of items. DynamoDB deletes an item within days of its end: until then readers
 * must look at `endsAt` themselves, for which it is in every index.
 *
 * Contributor Insights is off, because it shows keys in the clear, outside the table's encryption: the ids of sessions.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/contributorinsights_HowItWorks.html
 */
export function sessionTable(t: TemplateBuilder<Parameters, unknown>, id: string, settings: SessionTableSettings): Handle<'AWS::DynamoDB::GlobalTable', 'Arn' | 'StreamArn' | 'TableId'> {
  const { name, partitionKey, indexes, endsAt, replicas, when } = settings;
  const keys = new Map([partitionKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])].map((key) => [key.name, key]));
  const hash = ({ name: AttributeName }: KeyAttribute) => ({ AttributeName, KeyType: 'HASH' });
  const range = ({ name: AttributeName }: KeyAttribute) => ({ AttributeName, KeyType: 'RANGE' });
  return t.add(
    id,
    new GlobalTable({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...keys.values()].map(({ name: AttributeName, type: AttributeType }) => ({ AttributeName, AttributeType })),
      KeySchema: [hash(partitionKey)],
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: [hash(index.partitionKey), range(index.sortKey)],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [endsAt] },
      })),
      TimeToLiveSpecification: { Enabled: true, AttributeName: endsAt },
      // What replicates: a table of several regions must have it.
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: replicas.map(({ region, keyArn }) => ({
        Region: region,
        SSESpecification: { KMSMasterKeyId: keyArn },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        ContributorInsightsSpecification: { Enabled: false },
        DeletionProtectionEnabled: false,
        Tags: tagsOf(t),
      })),
    }).keep('Delete'),
    { when },
  );
}

/** The tags that every resource has: a global table takes none itself, only its replicas do. */
function tagsOf(t: TemplateBuilder<Parameters, unknown>): Tag[] {
  return Object.entries<string>({ ...t.context.tags })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}
