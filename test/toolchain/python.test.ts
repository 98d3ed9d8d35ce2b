import { expect } from 'chai';
import { join } from 'node:path';
import { MeridianError } from '../../src/errors';
import { pinnedVersion } from '../../src/toolchain/pins';
import { installedVersion, python } from '../../src/toolchain/python';
import { FakeTools } from './fake-tools';

describe('the Python of the tools', () => {
  let tools: FakeTools;

  beforeEach(() => {
    tools = new FakeTools();
  });

  afterEach(() => tools.delete());

  it('is the interpreter of an environment with the pinned packages', () => {
    tools.installPinned();
    expect(python(tools.environment)).to.equal(join(tools.environment, 'bin', 'python'));
  });

  it("is set-up's own by default", () => {
    expect(installedVersion('ministack')).to.equal(pinnedVersion('ministack'));
  });

  const unusable = [
    { title: 'set-up has not run', others: undefined, says: /^Python tools: \S+\/bin\/python is missing\. Run: node scripts\/setup\.mjs$/ },
    { title: 'a package has another version', others: { ministack: '1.0.0' }, says: /^ministack \S+: version 1\.0\.0 is installed, not \S+ in .* Run: / },
    { title: 'a package is missing', others: { aws_sam_translator: undefined }, says: /^aws-sam-translator \S+: it is not installed in .* Run: / },
  ];
  for (const { title, others, says } of unusable) {
    it(`is an error of the environment when ${title}`, () => {
      if (others !== undefined) tools.installPinned(others);
      expect(() => python(tools.environment)).to.throw(MeridianError, says).with.property('exitCode', 2);
    });
  }
});
