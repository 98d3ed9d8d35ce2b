/** The role with which CloudFormation operates our StackSets, from the account that has them. */
export const administrationRoleName = 'meridian-stackset-administration';

/** The role that it assumes in each target account to create, change and delete stacks. */
export const executionRoleName = 'meridian-stackset-execution';

/** The managed policy that bounds every role that our templates create: without it the execution role can't create one. */
export { boundaryName } from '../../src/cfn/permissions-boundary';
