import { pinnedVersion } from './pins';
import { python } from './python';
import type { Tool } from './tool';

/**
 * The interpreter that has the kubernetes-validate which set-up installed. It is called as a library: its own command stops at the first
 * mistake of a file, and takes older schemas for a version that it does not know.
 * @param environment the one to look in. @default set-up's own
 * @throws MeridianError with exit code 2 when set-up has not run, or ran for another version
 */
export function kubernetesValidate(environment?: string): Tool {
  return { name: 'kubernetes-validate', command: python(environment, ['kubernetes-validate']), version: pinnedVersion('kubernetes-validate') };
}
