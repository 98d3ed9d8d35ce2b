import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generate } from '../../scripts/generate-resource-types';
import { readRegistry } from '../../scripts/generate-resource-types/registry';

const folder = resolve(__dirname, '../../src/cfn/generated');

describe('Generated resource types', () => {
  const expected = generate();

  it('are what the pinned registry says, in every file', () => {
    expect(readdirSync(folder).sort()).to.deep.equal([...expected.keys()].sort());
    for (const [file, text] of expected) expect(readFileSync(join(folder, file), 'utf8') === text, `${file} drifted: run "npm run generate:resource-types"`).to.equal(true);
  });

  it('name a type that the registry does not have', () => {
    expect(() => readRegistry(['AWS::EC2::Vpc'])).to.throw(/AWS::EC2::Vpc: not in the registry/);
  });
});
