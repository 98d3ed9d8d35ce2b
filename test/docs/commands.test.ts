import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { meridian } from '../../src/cli/program';
import { checkout } from '../../src/toolchain';
import { code, pages, type Page } from './pages';

const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };

/** npm's own scripts that need no `run`, as far as pages name them. */
const shortForms = ['start', 'test'];

function npmScripts(of: Page): string[] {
  return code(of).flatMap((line) => [...line.matchAll(/\bnpm (?:run ([\w:-]+)|(\w+))/g)].flatMap(([, run, short]) => run ?? (short && shortForms.includes(short) ? short : [])));
}

/** What follows `meridian` in the command lines of a page. */
function meridianLines(of: Page): string[][] {
  return code(of).flatMap((line) => [...line.matchAll(/(?:^|npx |\$ )meridian ([a-z-][^#|→…]*)/g)].map(([, rest = '']) => rest.trim().split(/\s+/)));
}

/** The part of a command line that the program does not know; undefined when it knows all of it. */
function unknownPart(words: readonly string[], root: Command): string | undefined {
  let command = root;
  for (const word of words) {
    const sub = command.commands.find((each) => each.name() === word);
    if (sub) command = sub;
    else if (word.startsWith('-') && !['--help', '-h', '--version', '-V'].includes(word) && !command.options.some(({ long, short }) => long === word || short === word)) return word;
    else if (!word.startsWith('-') && command.commands.length > 0) return word;
  }
  return undefined;
}

describe('Commands in the documentation', () => {
  const program = meridian(() => Promise.resolve());

  for (const page of pages) {
    const named = npmScripts(page);
    if (named.length > 0) {
      it(`${page.file} names npm scripts that exist`, () => {
        expect(named.filter((name) => !(name in scripts))).to.deep.equal([]);
      });
    }
    const lines = meridianLines(page);
    if (lines.length > 0 && page.file !== 'docs/cli.md') {
      it(`${page.file} names sub-commands and options of meridian that exist`, () => {
        expect(lines.map((words) => unknownPart(words, program)).filter((part) => part !== undefined)).to.deep.equal([]);
      });
    }
  }

  it('would be found wrong', () => {
    expect(unknownPart(['rolout', 'kasha'], program)).to.equal('rolout');
    expect(unknownPart(['rollout', 'kasha', 'production', '--acount', '123456789012'], program)).to.equal('--acount');
  });
});
