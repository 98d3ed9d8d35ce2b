import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { ClusterCapacityProviderAssociations } from '../../../src/cfn/generated/ecs';

/** Fargate's capacity for a cluster. */
export interface FargateCapacitySettings {
  /** A cluster made with `capacityBy: 'association'`. */
  readonly cluster: Handle<'AWS::ECS::Cluster', 'Arn'>;
}

export type FargateCapacityHandle = Handle<'AWS::ECS::ClusterCapacityProviderAssociations', never>;

/**
 * Fargate and Fargate Spot for a cluster. What names no strategy of its own runs on demand. Services must come `after` it: a
 * service can't name a provider that its cluster has not, and the association can't go while a service names one of its.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export function fargateCapacity(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FargateCapacitySettings): FargateCapacityHandle {
  return t.add(
    id,
    new ClusterCapacityProviderAssociations({
      Cluster: settings.cluster.ref(),
      CapacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
    }),
  );
}
