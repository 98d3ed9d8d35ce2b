import { Fn, type Condition, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { ScalableTarget, ScalingPolicy } from '../../../src/cfn/generated/applicationautoscaling';
import { addedReaders } from './added-readers';
import type { AuroraClusterHandle } from './aurora-cluster';

/** How the number of an Aurora cluster's readers follows their load. */
export interface ReaderScalingSettings {
  /** The policy's part of names. */
  readonly name: string;
  readonly cluster: AuroraClusterHandle;
  /** Readers at every hour, those that templates make included: Aurora takes none of these away. */
  readonly minimum: number;
  /** At most 15; in a global database one fewer for each secondary region. */
  readonly maximum: number;
  /** Percent of CPU, averaged over the readers. @default 60, because a new reader needs some minutes until it answers */
  readonly cpu?: number;
  /** The region that writes: AWS does not scale the readers of a secondary cluster. */
  readonly when: Condition;
  /** The cluster's instances: without a reader there is nothing to measure. */
  readonly after: readonly Handle[];
  /** Key of the log of the function that removes added readers with the stack. */
  readonly keyArn: IntrinsicFunction;
  /** Days that this log stays. */
  readonly logRetentionInDays: number;
}

/** Seconds. AWS's default, within which a new reader starts and takes connections. */
const cooldown = 300;

/**
 * Target tracking on the CPU of an Aurora cluster's readers. Those that it adds have the writer's class and take over last of all;
 * they go with the stack, as `addedReaders` says.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export function readerScaling(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ReaderScalingSettings): void {
  const { name, cluster, minimum, maximum, cpu = 60, when, after, keyArn, logRetentionInDays } = settings;
  const removal = addedReaders(t, `${id}Removal`, { cluster, keyArn, logRetentionInDays, when, after });
  const target = t.add(
    `${id}Target`,
    new ScalableTarget({
      ServiceNamespace: 'rds',
      ScalableDimension: 'rds:cluster:ReadReplicaCount',
      ResourceId: Fn.Join(':', ['cluster', cluster.ref()]),
      MinCapacity: minimum,
      MaxCapacity: maximum,
    }),
    { when, after: [...after, removal] },
  );
  t.add(
    `${id}Policy`,
    new ScalingPolicy({
      PolicyName: t.resourceName(name),
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: target.ref(),
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'RDSReaderAverageCPUUtilization' },
        TargetValue: cpu,
        ScaleOutCooldown: cooldown,
        ScaleInCooldown: cooldown,
      },
    }),
    { when },
  );
}
