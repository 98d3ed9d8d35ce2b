import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkout } from '../../src/toolchain';
import { page } from './pages';

describe('docs/rollout.md', () => {
  const { text } = page('docs/rollout.md');
  const faults = text.split(/^### (?=\d+\. )/m).slice(1);

  it('has a section for each of the sixteen faults, in their order', () => {
    expect(faults.map((section) => Number.parseInt(section, 10))).to.deep.equal(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  for (const section of faults) {
    it(`names tests that prove: ${section.split('\n')[0]}`, () => {
      const tests = [...section.matchAll(/`(test\/[\w/-]+\.test\.ts)`/g)].map(([, file = '']) => file);
      expect(tests).not.to.be.empty;
      for (const file of tests) expect(existsSync(join(checkout, file)), file).to.equal(true);
    });
  }

  it('says which figure of the time limit, bake and attempts the program has', () => {
    expect(text).to.contain('14400 s').and.to.contain('five minutes on a real account').and.to.contain('tried twelve times');
  });
});
