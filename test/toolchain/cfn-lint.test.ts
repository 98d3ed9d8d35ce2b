import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { MeridianError } from '../../src/errors';
import { cfnLint } from '../../src/toolchain/cfn-lint';
import { pinnedVersion } from '../../src/toolchain/pins';
import { python } from '../../src/toolchain/python';
import { FakeTools } from './fake-tools';

describe('the cfn-lint to call', () => {
  const pinned = pinnedVersion('cfn-lint');
  let tools: FakeTools;

  beforeEach(() => {
    tools = new FakeTools();
    tools.installPinned();
  });

  afterEach(() => tools.delete());

  /** An entry point as pip and pipx write them, which notes each time that it is asked. */
  function entryPoint(folder: string, version: string): string {
    const lines = [`#!${python()}`, `open("${tools.folder}/asked", "a").write("asked\\n")`, `print("cfn-lint ${version}")`, ''];
    return tools.executable(`${folder}/cfn-lint`, lines.join('\n'));
  }

  function find(...folders: string[]): string {
    const path = folders.map((folder) => join(tools.folder, folder)).join(delimiter);
    return cfnLint({ path, environment: tools.environment, versions: tools.versions }).command;
  }

  function timesAsked(): number {
    const log = join(tools.folder, 'asked');
    return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').length : 0;
  }

  const installed = (): string => join(tools.environment, 'bin', 'cfn-lint');

  it('is the one on PATH when that is exactly the pinned version', () => {
    const command = entryPoint('pipx', pinned);
    expect(find('pipx')).to.equal(command);
  });

  it('is a later one on PATH when the first is of another version', () => {
    entryPoint('old', '1.51.0');
    const command = entryPoint('pipx', pinned);
    expect(find('no-such-folder', 'old', 'pipx')).to.equal(command);
  });

  for (const { title, version } of [
    { title: 'older', version: '1.51.0' },
    { title: 'newer', version: '99.0.0' },
  ]) {
    it(`is set-up's when the one on PATH is ${title}`, () => {
      entryPoint('other', version);
      expect(find('other')).to.equal(installed());
    });
  }

  it("is set-up's when the one on PATH does not run", () => {
    tools.executable('broken/cfn-lint', '#!/no/such/python\n');
    expect(find('broken')).to.equal(installed());
  });

  it("is set-up's when the one on PATH is a version manager's launcher, whose answer may change any time", () => {
    tools.executable('shims/cfn-lint', `#!/usr/bin/env bash\nset -e\nexec echo cfn-lint ${pinned}\n`);
    expect(find('shims')).to.equal(installed());
  });

  it('asks each file on PATH once, and again when it changed', () => {
    entryPoint('pipx', '1.51.0');
    find('pipx');
    find('pipx');
    expect(timesAsked()).to.equal(1);

    const command = entryPoint('pipx', `${pinned}`);
    expect(find('pipx')).to.equal(command);
    expect(timesAsked()).to.equal(2);
  });

  it('sees through links: upgrading what a link leads to counts as a change', () => {
    const command = entryPoint('venv', pinned);
    mkdirSync(join(tools.folder, 'bin'));
    symlinkSync(command, join(tools.folder, 'bin', 'cfn-lint'));
    expect(find('bin')).to.equal(join(tools.folder, 'bin', 'cfn-lint'));
    entryPoint('venv', '99.0.0');
    expect(find('bin')).to.equal(installed());
  });

  it('asks again when the file of remembered answers is damaged', () => {
    const command = entryPoint('pipx', pinned);
    mkdirSync(dirname(tools.versions));
    writeFileSync(tools.versions, '{"half":');
    expect(find('pipx')).to.equal(command);
    expect(find('pipx')).to.equal(command);
    expect(timesAsked()).to.equal(1);
  });

  it('is an error of the environment, with the command that mends it, when there is none', () => {
    tools.installPinned({ cfn_lint: '1.51.0' });
    expect(() => find())
      .to.throw(MeridianError, `cfn-lint ${pinned}: version 1.51.0 is installed, not ${pinned}`)
      .with.property('exitCode', 2);
  });
});
