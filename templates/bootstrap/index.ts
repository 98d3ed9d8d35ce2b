import { artifactBucketTemplate } from './artifact-bucket';
import { rolesTemplate } from './roles';
import type { BootstrapTemplate } from './bootstrap-template';

export { administrationRoleName, boundaryName, executionRoleName } from './names';
export type { BootstrapTemplate } from './bootstrap-template';

/** The plain stacks that an account needs before anything is rolled into it, in order. */
export const bootstrapTemplates: readonly BootstrapTemplate[] = [rolesTemplate, artifactBucketTemplate];
