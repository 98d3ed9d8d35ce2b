import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';
import { checkout } from '../../src/toolchain';
import { page, pages, prose, type Page } from './pages';

/** A link to something in the project. */
interface Link {
  readonly file: string;
  readonly anchor?: string;
}

function linksOf(from: Page): Link[] {
  return [...prose(from).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      return { file: path === '' ? from.file : normalize(join(dirname(from.file), path)), ...(anchor && { anchor }) };
    });
}

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');

const anchorsOf = (of: Page): string[] => [...prose(of).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

describe('Links of the documentation', () => {
  for (const from of pages) {
    const links = linksOf(from);
    if (links.length === 0) continue;
    it(`${from.file} links to what is there`, () => {
      expect(links.filter(({ file }) => !existsSync(join(checkout, file))).map(({ file }) => file)).to.deep.equal([]);
      expect(links.filter(({ file, anchor }) => anchor !== undefined && !anchorsOf(page(file)).includes(anchor))).to.deep.equal([]);
    });
  }

  it('lead to every page from the README or from a page it leads to', () => {
    const reached = new Set(['README.md']);
    for (const file of reached) if (file.endsWith('.md')) for (const link of linksOf(page(file))) reached.add(link.file);
    const unreached = pages.map(({ file }) => file).filter((file) => !reached.has(file));
    expect(unreached).to.deep.equal([]);
  });
});
