export { checkout, setUpCommand } from './checkout';
export { cfnGuard, controlTowerRules } from './cfn-guard';
export { cfnLint } from './cfn-lint';
export { type Check, doctor } from './doctor';
export { kubernetesValidate } from './kubernetes-validate';
export { pinnedVersion } from './pins';
export { installedVersion, python } from './python';
export { type Tool } from './tool';
