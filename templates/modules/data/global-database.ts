import type { Condition, Handle, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { GlobalCluster } from '../../../src/cfn/generated/rds';

export type GlobalDatabaseHandle = Handle<'AWS::RDS::GlobalCluster', 'GlobalEndpoint'>;

/** An Aurora PostgreSQL database that stands in several regions. */
export interface GlobalDatabaseSettings {
  readonly identifier: Name;
  /** That of its clusters when it is made. Later it follows theirs by itself; RDS refuses to be told a minor version here. */
  readonly engineVersion: string;
  /** The region in which it is made; AWS keeps it in all of them. */
  readonly when: Condition;
  /** Refuses deletion, and stays when its stack goes. @default false */
  readonly kept?: boolean;
}

/**
 * A global cluster, made empty: its clusters join it by its identifier. One that is made from a cluster would have to be replaced
 * when another region takes over, because the cluster it came from can't be changed.
 *
 * Unless it is `kept`, it goes with its stack. The clusters refer to it, so that they are deleted, and leave it, before.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-globalcluster.html
 */
export function globalDatabase(t: TemplateBuilder<Parameters, unknown>, id: string, settings: GlobalDatabaseSettings): GlobalDatabaseHandle {
  const { identifier, engineVersion, when, kept = false } = settings;
  return t.add(
    id,
    new GlobalCluster({ GlobalClusterIdentifier: identifier, Engine: 'aurora-postgresql', EngineVersion: engineVersion, StorageEncrypted: true, DeletionProtection: kept }).keep(kept ? 'RetainExceptOnCreate' : 'Delete'),
    { when },
  );
}
