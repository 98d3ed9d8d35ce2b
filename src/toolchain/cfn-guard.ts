import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MeridianError } from '../errors';
import { setUpCommand } from './checkout';
import { isExecutable, type Tool } from './tool';

/** The folder of the npm package's binaries by Node's platform and processor names. */
const builds: Record<string, string> = {
  'linux-x64': 'ubuntu/x86_64',
  'linux-arm64': 'ubuntu/aarch64',
  'darwin-x64': 'macos/x86_64',
  'darwin-arm64': 'macos/aarch64',
};

/**
 * The cfn-guard that the npm package @cdklabs/cdk-validator-cfnguard ships, together with the version it states. A
 * cfn-guard on PATH is not used: its verdicts differ between versions.
 *
 * @param platform `<process.platform>-<process.arch>` of this machine unless a test says otherwise
 * @throws MeridianError with exit code 2 on a system without a build, or when the package is not installed
 */
export function cfnGuard(platform = `${process.platform}-${process.arch}`): Tool {
  const build = builds[platform];
  if (build === undefined) {
    throw new MeridianError(
      `cfn-guard: there is no build for ${platform}. Use one of ${Object.keys(builds).join(', ')}.`,
      2,
    );
  }
  const folder = packageFolder();
  const command = join(folder, 'bin', build, 'cfn-guard');
  if (!isExecutable(command)) {
    throw new MeridianError(`cfn-guard: ${command} is missing or may not be executed. Run: npm ci`, 2);
  }
  return { name: 'cfn-guard', command, version: statedVersion(folder) };
}

/**
 * The folder of the Control Tower rules in the same npm package: `cfn-guard/<service>/*.guard`, and for each rule its
 * severity, remediation and control ids in `metadata/<service>/`.
 *
 * @throws MeridianError with exit code 2 when the package is not installed
 */
export function controlTowerRules(): string {
  return join(packageFolder(), 'rules', 'control-tower');
}

function packageFolder(): string {
  try {
    return dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
  } catch (cause) {
    throw new MeridianError(`cfn-guard: its npm package is not installed. Run: ${setUpCommand}`, 2, { cause });
  }
}

function statedVersion(folder: string): string {
  const file = join(folder, 'guard-version.json');
  const stated: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  if (typeof stated === 'object' && stated !== null && 'version' in stated && typeof stated.version === 'string') {
    return stated.version;
  }
  throw new MeridianError(`cfn-guard: ${file} states no version. Run: npm ci`, 2);
}
