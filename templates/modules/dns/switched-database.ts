import type { Name, RegionPair, Value } from '../../../src/cfn';
import type { Plan } from '../../../src/cfn/generated/arcregionswitch';
import { MeridianError } from '../../../src/errors';
import { allow, arn, type Statement } from '../security/policy';

/** How a region-switch plan makes a region the one that writes. */
export interface SwitchedDatabase {
  /** The step that does it, and gives up after so many minutes. */
  step(timeoutMinutes: number): Plan.Step;
  /** What the plan's role needs for it. */
  readonly rights: readonly Statement[];
}

/**
 * Promotion of a read replica of RDS, which ends replication and can't be undone.
 * @param identifiers the instances; in a region that is activated it must be a read replica then
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_execution_blocks.html
 */
export function promotedReplica({ primary, secondary }: RegionPair, identifiers: Readonly<Record<keyof RegionPair, Name>>): SwitchedDatabase {
  const instances: Readonly<Record<string, Value<string>>> = {
    [primary]: arn('rds', `db:${identifiers.primary.text}`, { region: primary }),
    [secondary]: arn('rds', `db:${identifiers.secondary.text}`, { region: secondary }),
  };
  return {
    step: (timeoutMinutes) => ({
      Name: 'promote-database',
      ExecutionBlockType: 'RdsPromoteReadReplica',
      ExecutionBlockConfiguration: { RdsPromoteReadReplicaConfig: { DbInstanceArnMap: instances, TimeoutMinutes: timeoutMinutes } },
    }),
    rights: [allow(['rds:DescribeDBInstances', 'rds:ModifyDBInstance', 'rds:PromoteReadReplica'], Object.values(instances))],
  };
}

/** An Aurora global database with one cluster in each of the two regions. */
export interface AuroraGlobalDatabaseSettings {
  readonly globalCluster: Name;
  /** The cluster's identifier in a stack's own region. It must contain the region, because the clusters must differ in name. */
  readonly cluster: Name;
  /**
   * `switchover` loses nothing and needs both regions; `failover` goes without the lost one and may lose what was not yet replicated.
   * @default `switchover`, for which whoever starts the plan without its graceful mode gets a failover
   */
  readonly behavior?: 'failover' | 'switchover';
}

/**
 * Switching an Aurora global database over to another of its clusters, or failing over to it. Both keep the other cluster in the
 * global database once it can be reached, so that the way back is a switchover.
 * @throws MeridianError for clusters of one name
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/aurora-global-database-block.html
 */
export function auroraGlobalDatabase({ primary, secondary }: RegionPair, settings: AuroraGlobalDatabaseSettings): SwitchedDatabase {
  const { globalCluster, cluster, behavior = 'switchover' } = settings;
  if (cluster.in(primary).text === cluster.in(secondary).text) {
    throw new MeridianError(`Clusters of global database ${globalCluster.text} both named "${cluster.text}": AWS wants the names to differ. Take them from auroraClusterIdentifier(), which adds the region.`, 2);
  }
  const clusters = [primary, secondary].map((region) => arn('rds', `cluster:${cluster.in(region).text}`, { region }));
  return {
    step: (timeoutMinutes) => ({
      Name: 'switch-database',
      ExecutionBlockType: 'AuroraGlobalDatabase',
      ExecutionBlockConfiguration: {
        GlobalAuroraConfig: {
          GlobalClusterIdentifier: globalCluster,
          DatabaseClusterArns: clusters,
          Behavior: behavior === 'failover' ? 'failover' : 'switchoverOnly',
          Ungraceful: { Ungraceful: 'failover' },
          TimeoutMinutes: timeoutMinutes,
        },
      },
    }),
    rights: [
      // Neither of them takes a resource in AWS's evaluation of the plan.
      allow(['rds:DescribeGlobalClusters', 'rds:DescribeDBClusters'], ['*']),
      allow(['rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'], [arn('rds', `global-cluster:${globalCluster.text}`, { region: '' }), ...clusters]),
    ],
  };
}
