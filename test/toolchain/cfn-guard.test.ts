import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MeridianError } from '../../src/errors';
import { cfnGuard, controlTowerRules } from '../../src/toolchain/cfn-guard';

describe('the cfn-guard to call', () => {
  it('runs on this machine and is the version that its package states', () => {
    const { command, version } = cfnGuard();
    expect(execFileSync(command, ['--version'], { encoding: 'utf8' }).trim()).to.equal(`cfn-guard ${version}`);
  });

  for (const platform of ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']) {
    it(`exists for ${platform}`, () => {
      expect(existsSync(cfnGuard(platform).command)).to.equal(true);
    });
  }

  it('is an error that names the systems with a build on any other', () => {
    expect(() => cfnGuard('win32-x64'))
      .to.throw(MeridianError, 'cfn-guard: there is no build for win32-x64. Use one of linux-x64, linux-arm64, darwin-x64, darwin-arm64.')
      .with.property('exitCode', 2);
  });

  it('comes with the Control Tower rules and their metadata', () => {
    for (const part of ['cfn-guard', 'metadata']) expect(existsSync(join(controlTowerRules(), part)), part).to.equal(true);
  });
});
