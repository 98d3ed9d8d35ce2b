import { Aws, type Condition, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { customResource } from '../compute/custom-resource';
import { lambdaFunction } from '../compute/function';
import { allow, arn } from '../security/policy';
import type { AuroraClusterHandle } from './aurora-cluster';

/** The cluster whose readers come and go by themselves. */
export interface AddedReadersSettings {
  readonly cluster: AuroraClusterHandle;
  /** Key of the function's log. */
  readonly keyArn: IntrinsicFunction;
  /** Days that the log stays. */
  readonly logRetentionInDays: number;
  /** The region whose readers are scaled. */
  readonly when: Condition;
  /** The instances that templates make: they must still stand while the others go, so that none of those has to take over. */
  readonly after: readonly Handle[];
}

/** Names of the readers that Application Auto Scaling adds. */
const addedReader = 'application-autoscaling-*';

/**
 * Removes the readers that auto scaling has added to a cluster when their stack is deleted: no template knows them, and RDS deletes no
 * cluster that has instances. It may delete instances with such names only, and of those it takes the cluster's own.
 * @returns what the scalable target must stand after, so that it goes first and adds no more
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 * @see https://github.com/aws-samples/automatic-autoscaling-tagging-from-dabatase-cluster
 */
export function addedReaders(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AddedReadersSettings): Handle {
  const { cluster, keyArn, logRetentionInDays, when, after } = settings;
  const remove = lambdaFunction(t, `${id}Function`, {
    source: 'remove-readers',
    description: 'Removes the readers that auto scaling added before their cluster is deleted',
    keyArn,
    logRetentionInDays,
    timeout: 900,
    statements: [
      allow(['cloudformation:DescribeStacks'], [Aws.stackId]),
      allow(['rds:DescribeDBClusters'], [cluster.att('DBClusterArn')]),
      allow(['rds:DescribeDBInstances', 'rds:DeleteDBInstance'], [arn('rds', `db:${addedReader}`)]),
    ],
    when,
  });
  return customResource(t, id, { type: 'Custom::RemoveReaders', functionArn: remove.att('Arn'), serviceTimeout: 960, properties: { ClusterIdentifier: cluster.ref() } }, { when, after });
}
