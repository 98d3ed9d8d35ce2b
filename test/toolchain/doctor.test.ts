import { expect } from 'chai';
import { doctor } from '../../src/toolchain/doctor';
import { pinnedVersion } from '../../src/toolchain/pins';
import { FakeTools } from './fake-tools';

describe('the doctor', () => {
  let tools: FakeTools;

  beforeEach(() => {
    tools = new FakeTools();
  });

  afterEach(() => tools.delete());

  it('finds nothing to mend on a machine that is set up', async () => {
    const checks = await doctor();
    expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
    expect(checks.map(({ name }) => name)).to.deep.equal([
      'node',
      'python',
      'cfn-lint',
      'cfn-guard',
      'aws-sam-translator',
      'ministack',
      'kubernetes-validate',
      'git',
      'loopback',
      'disk',
    ]);
    for (const { name, found, wanted, fix } of checks) {
      expect(found, name).to.not.equal('');
      expect(wanted, name).to.not.equal('');
      expect(fix, name).to.equal(undefined);
    }
  });

  it('says for each missing tool what there is, what has to be there and what to do', async () => {
    tools.installPinned({ cfn_lint: '1.51.0', ministack: undefined });
    const places = { path: '', environment: tools.environment, versions: tools.versions };
    const wanted = pinnedVersion('cfn-lint');
    const fix = 'Run: node scripts/setup.mjs';
    expect((await doctor(places)).filter(({ ok }) => !ok)).to.deep.equal([
      {
        name: 'cfn-lint',
        ok: false,
        found: `cfn-lint ${wanted}: version 1.51.0 is installed, not ${wanted} in ${tools.environment}`,
        wanted,
        fix,
      },
      { name: 'ministack', ok: false, found: 'not installed', wanted: pinnedVersion('ministack'), fix },
    ]);
  });

  it('finds no Python where set-up has not run', async () => {
    const [broken] = (await doctor({ path: '', environment: tools.environment, versions: tools.versions })).filter(({ ok }) => !ok);
    expect(broken).to.include({ name: 'python', wanted: '3.10 or newer', fix: 'Run: node scripts/setup.mjs' });
  });
});
