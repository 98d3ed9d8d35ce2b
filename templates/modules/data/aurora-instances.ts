import { Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { DBInstance } from '../../../src/cfn/generated/rds';
import type { Placement } from '../../../src/cfn/template';
import type { AuroraClusterHandle } from './aurora-cluster';
import { checkedWindows, type DatabaseWindows } from './database-windows';

/** The instances of one region's Aurora cluster. */
export interface AuroraInstancesSettings {
  readonly cluster: AuroraClusterHandle;
  /** Class of each. @default `db.serverless`, whose capacity the cluster bounds */
  readonly instanceClass?: string;
  /** Identifier of each, in the order of the region's zones. */
  readonly identifiers: readonly [Name, ...Name[]];
  /** Role of `enhancedMonitoringRole`. */
  readonly monitoringRoleArn: IntrinsicFunction;
  /**
   * Readers that always have as much capacity as the writer, so that they take over at full strength. Aurora promotes those first.
   * @default `first`: any further one has only what its own readers need, which costs less
   */
  readonly ready?: 'all' | 'first';
  /** The regions that have more than the first instance. @default both */
  readonly readersIn?: 'both' | 'primary';
  /** The cluster's. */
  readonly windows: { readonly primary: DatabaseWindows; readonly secondary: DatabaseWindows };
}

/**
 * Instances, each in a zone of its own. The others wait for the first, which so becomes the writer of a cluster that writes. Aurora
 * promotes by tier, the writer's being the lowest; a serverless instance in tier 0 or 1 has always as much capacity as the writer.
 * @throws MeridianError as `checkedWindows` does
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 */
export function auroraInstances(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AuroraInstancesSettings): readonly Handle[] {
  const { cluster, instanceClass = 'db.serverless', identifiers, monitoringRoleArn, ready = 'first', readersIn = 'both' } = settings;
  const [inPrimary, inSecondary] = [checkedWindows(settings.windows.primary).maintenance, checkedWindows(settings.windows.secondary).maintenance];
  const onlyInPrimary = readersIn === 'primary';
  const instance = (identifier: Name, index: number, placement: Placement): Handle =>
    t.add(
      `${id}${index + 1}`,
      new DBInstance({
        DBInstanceIdentifier: identifier,
        DBClusterIdentifier: cluster.ref(),
        DBInstanceClass: instanceClass,
        Engine: 'aurora-postgresql',
        AvailabilityZone: Fn.Select(index, Fn.GetAZs('')),
        PromotionTier: ready === 'all' ? Math.min(index, 1) : index,
        PubliclyAccessible: false,
        CACertificateIdentifier: 'rds-ca-rsa2048-g1',
        MonitoringInterval: 60,
        MonitoringRoleArn: monitoringRoleArn,
        PreferredMaintenanceWindow: index > 0 && onlyInPrimary ? inPrimary : t.isPrimary.choose(inPrimary, inSecondary),
        AutoMinorVersionUpgrade: true,
      }).keep('Delete'),
      placement,
    );
  const [first, ...others] = identifiers;
  const writer = instance(first, 0, {});
  return [writer, ...others.map((identifier, index) => instance(identifier, index + 1, { when: onlyInPrimary ? t.isPrimary : undefined, after: [writer] }))];
}
