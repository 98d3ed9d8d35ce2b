import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Cluster } from '../../../src/cfn/generated/ecs';

/** Where the sessions of ECS Exec are recorded. */
export interface ExecuteCommandSettings {
  readonly logGroup: Handle<'AWS::Logs::LogGroup', 'Arn'>;
  /** Key that encrypts the session itself, on top of TLS. */
  readonly keyArn: IntrinsicFunction;
}

/** A cluster of Fargate tasks. */
export interface EcsClusterSettings {
  /** Its key's policy must name it: Fargate sends the cluster's name as encryption context. */
  readonly name: Name;
  /** Key of the tasks' ephemeral storage: a single-region key, by ARN, because Fargate takes no alias. */
  readonly storageKeyArn: IntrinsicFunction;
  /** @default no shell into tasks */
  readonly executeCommand?: ExecuteCommandSettings;
  /**
   * Who says that Fargate and Fargate Spot are at hand: the cluster, or `fargateCapacity()`. Never both, because each overwrites
   * the other's list. @default 'cluster'
   */
  readonly capacityBy?: 'cluster' | 'association';
  /** `disabled` costs nothing and tells nothing of single tasks. @default 'enhanced': metrics for each task and container */
  readonly containerInsights?: 'enhanced' | 'disabled';
}

/**
 * A cluster with Fargate and Fargate Spot at hand and, by default, metrics for each task and container.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-container-insights.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-storage-encryption.html
 */
export function ecsCluster(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EcsClusterSettings): Handle<'AWS::ECS::Cluster', 'Arn'> {
  const { name, storageKeyArn, executeCommand, capacityBy = 'cluster', containerInsights = 'enhanced' } = settings;
  return t.add(
    id,
    new Cluster({
      ClusterName: name,
      ...(capacityBy === 'cluster' ? { CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] } : {}),
      ClusterSettings: [{ Name: 'containerInsights', Value: containerInsights }],
      Configuration: {
        ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: storageKeyArn },
        ...(executeCommand
          ? {
              ExecuteCommandConfiguration: {
                KmsKeyId: executeCommand.keyArn,
                Logging: 'OVERRIDE',
                LogConfiguration: { CloudWatchLogGroupName: executeCommand.logGroup.ref(), CloudWatchEncryptionEnabled: true },
              },
            }
          : {}),
      },
    }),
  );
}
