/** The role with which CloudFormation operates our StackSets, from the account that has them. */
export const administrationRoleName = 'meridian-stackset-administration';

/** The role that it assumes in each target account to create, change and delete stacks. */
export const executionRoleName = 'meridian-stackset-execution';

/** The role with which rollouts look into accounts other than the one that has the StackSets, and bring artifacts there. */
export const accessRoleName = 'meridian-rollout-access';

/** The role with which plans look into those accounts: it brings nothing there. */
export const planAccessRoleName = 'meridian-rollout-plan-access';

/** The role that pull requests on GitHub plan with. */
export const planRoleName = 'meridian-rollout-plan';

/** The role that workflows on GitHub roll an environment with; `*` is a pattern of all of them. */
export function rolloutRoleName(environment: string): string {
  return `meridian-rollout-to-${environment}`;
}

/** The managed policy that bounds every role that our templates create: without it the execution role can't create one. */
export { boundaryName } from '../../src/cfn/permissions-boundary';
