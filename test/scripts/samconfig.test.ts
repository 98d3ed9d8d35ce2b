import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { generatedSamConfig, samConfigFile } from '../../scripts/generate-samconfig';
import { checkout } from '../../src/toolchain';
import { systems } from '../../templates/systems';
import { code, fences, page } from '../docs/pages';
import { pinnedSam } from '../sam/sam-cli';

describe('samconfig.toml', () => {
  const text = readFileSync(samConfigFile, 'utf8');
  const names = Object.keys(parse(text)).filter((name) => name !== 'version');
  const guide = page('docs/sam-deploy.md');

  it('says what systems and parameters files say', async () => {
    expect(await generatedSamConfig(), 'run: npx ts-node scripts/generate-samconfig.ts').to.equal(text);
  });

  it('has configuration environments for every system in every environment', () => {
    for (const { name: system, environments } of systems) {
      for (const environment of environments) expect(names.filter((name) => name.startsWith(`${system}-${environment}-`)), `${system} ${environment}`).to.not.be.empty;
    }
  });

  it('has every configuration environment that its guide names, and the guide creates a whole system in order', () => {
    const created = fences(guide).flatMap((fence) => [...fence.code.matchAll(/^create (\S+)$/gm)].map(([, name]) => name));
    const wanted = names.filter((name) => /^(account-shared|kasha-production)-(account|regional|zone|foundation|platform|edge)-/.test(name));
    expect(created).to.deep.equal(wanted);
    const named = code(guide).flatMap((line) => [...line.matchAll(/--config-env ([\w-]+)/g)].map(([, name = '']) => name));
    expect(named.filter((name) => !names.includes(name))).to.deep.equal([]);
  });

  it('is for the version of SAM that its guide names', () => {
    expect(guide.text).to.contain(`AWS SAM CLI ${pinnedSam()}`).and.contain(`aws-sam-cli==${pinnedSam()}`);
  });
});

describe('the values for a first sam deploy', function () {
  this.timeout(30_000);

  function sayFor(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register', join('scripts', 'sam-parameters.ts'), ...args], { cwd: checkout, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  it('are refused for a name that samconfig.toml does not have', () => {
    const { status, stdout, stderr } = sayFor('kashaa-production-zone-us-east-1');
    expect(stderr).to.equal('Configuration environment "kashaa-production-zone-us-east-1" unknown: no system, environment, deployment and region make this name. Choose one of samconfig.toml.\n');
    expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
  });

  it('come with an explanation', () => {
    expect(sayFor('--help')).to.include({ status: 0, stderr: '' }).and.property('stdout').contains('Usage: npx ts-node scripts/sam-parameters.ts <config-env>');
    expect(sayFor()).to.include({ status: 2, stdout: '' }).and.property('stderr').contains('Usage:');
  });
});
