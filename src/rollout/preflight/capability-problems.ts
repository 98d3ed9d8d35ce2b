import type { RolloutPart } from '../nodes';

/**
 * Templates that need more than a rollout acknowledges, one sentence each. Ours name IAM resources, which every operation acknowledges with
 * CAPABILITY_NAMED_IAM; a transform would need CAPABILITY_AUTO_EXPAND, and StackSets fail on it late and without a reason.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
 */
export function capabilityProblems({ build }: RolloutPart): string[] {
  return build.manifest.deployments.flatMap((deployment) =>
    Object.keys(deployment.templates)
      .filter((name) => 'Transform' in build.template(deployment, name))
      .map((name) => `Template ${name} of ${build.name} ${deployment.name} needs CAPABILITY_AUTO_EXPAND: it has a transform, which StackSets do not take. Expand it in the build, as functions are.`),
  );
}
