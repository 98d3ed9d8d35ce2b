import { artifactBucketTemplate } from './artifact-bucket';
import { memberTemplate, type Administrator } from './member';
import { rolesTemplate } from './roles';
import type { BootstrapTemplate } from './bootstrap-template';

export { artifactBucketTemplate } from './artifact-bucket';
export { githubTemplate, type GitHubTrust } from './github';
export { accessRoleName, administrationRoleName, boundaryName, executionRoleName, planAccessRoleName, planRoleName, rolloutRoleName } from './names';
export type { BootstrapTemplate } from './bootstrap-template';
export type { Administrator } from './member';

/** The plain stacks that an account with StackSets needs before anything is rolled from or into it, in order. */
export const bootstrapTemplates: readonly BootstrapTemplate[] = [rolesTemplate, artifactBucketTemplate];

/** The plain stacks that any other account needs before anything is rolled into it, in order. */
export function memberTemplates(administrator: Administrator): readonly BootstrapTemplate[] {
  return [memberTemplate(administrator), artifactBucketTemplate];
}
