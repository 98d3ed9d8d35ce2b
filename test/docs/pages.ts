import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../src/toolchain';

/** A page of the documentation. */
export interface Page {
  /** Path from the checkout. */
  readonly file: string;
  readonly text: string;
}

/** A fenced block of code. */
export interface Fence {
  readonly language: string;
  readonly code: string;
  /** The comment on the line above the block, such as `embedded: test/docs/orders-system.ts`. */
  readonly note?: string;
}

/** Every Markdown page of the project. */
export const pages: readonly Page[] = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...markdownIn('docs')].map((file) => ({ file, text: readFileSync(join(checkout, file), 'utf8') }));

/** The page of a path. */
export function page(file: string): Page {
  const found = pages.find((each) => each.file === file);
  if (!found) throw new Error(`There is no page ${file}.`);
  return found;
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? markdownIn(join(folder, entry.name)) : entry.name.endsWith('.md') ? [join(folder, entry.name)] : []))
    .sort();
}

/** The fenced blocks of a page, in order. */
export function fences({ text }: Page): Fence[] {
  return [...text.matchAll(/(?:<!-- (.+?) -->\n\n)?^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, note, language = '', code = '']) => ({ language, code, ...(note && { note }) }));
}

/** A page without its fenced blocks. */
export const prose = ({ text }: Page): string => text.replace(/^```[\s\S]*?^```$/gm, '');

/** Every piece of code on a page: the lines of fenced blocks, and what stands between backticks. */
export function code(of: Page): string[] {
  return [...fences(of).flatMap((fence) => fence.code.split('\n')), ...[...prose(of).matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll(/\s+/g, ' '))];
}
