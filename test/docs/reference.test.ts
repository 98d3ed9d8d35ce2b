import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { referencePages } from '../../scripts/generate-reference-docs';
import { checkout } from '../../src/toolchain';
import { systems } from '../../templates/systems';

describe('The reference of parameters and outputs', function () {
  this.timeout(60_000);
  const pages = referencePages();

  it('LKC-107 has a page for every system, and no other', () => {
    expect(readdirSync(join(checkout, 'docs/reference')).map((file) => `docs/reference/${file}`).sort()).to.deep.equal([...pages.keys()].sort());
    expect(pages.size).to.equal(systems.length);
  });

  for (const [file, text] of pages) {
    it(`LKC-107 in ${file} says what the templates say`, () => {
      expect(readFileSync(join(checkout, file), 'utf8'), 'run: npx ts-node scripts/generate-reference-docs.ts').to.equal(text);
    });
  }

  it('LKC-107 names every parameter that a root takes, with what it is for', () => {
    for (const system of systems) {
      const text = pages.get(`docs/reference/${system.name}.md`)!;
      const roots = system.environments.flatMap((environment) => system.build(environment).deployments);
      const names = [...new Set(roots.flatMap(({ root }) => [...Object.keys(root.template.Parameters as object), ...Object.keys(root.template.Outputs ?? {})]))];
      expect(names.filter((name) => !text.includes(`| \`${name}\` |`)), system.name).to.deep.equal([]);
      expect(names, system.name).not.to.be.empty;
      const rows = text.split('\n## ').find((part) => part.startsWith('Parameters\n'))!.split('\n').filter((line) => line.startsWith('| `'));
      expect(rows.filter((row) => row.split(' | ')[4] === ''), 'without a description').to.deep.equal([]);
    }
  });
});
