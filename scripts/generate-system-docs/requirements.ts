import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../../src/toolchain';
import { table } from './table';

/** A requirement of a list, under the heading that it stands below. */
interface Listed {
  readonly id: string;
  readonly group: string;
  readonly fact: string;
}

/** A test file, as a page in `docs/systems` links to it, with the ids that the titles of its tests begin with. */
interface TestFile {
  readonly link: string;
  readonly ids: ReadonlySet<string>;
}

/** The requirements of a system in the order of `test/requirements/<system>.yaml`; its comments are the groups' headings. */
function listed(system: string): readonly Listed[] {
  const text = readFileSync(join(checkout, `test/requirements/${system}.yaml`), 'utf8');
  const entries = parse(text) as Readonly<Record<string, { readonly fact: string }>>;
  let group = '';
  return text.split('\n').flatMap((line) => {
    const [, heading] = /^# (.+)$/.exec(line) ?? [];
    group = heading ?? group;
    const id = /^[A-Z]{3}-\d+/.exec(line)?.[0];
    const entry = id === undefined ? undefined : entries[id];
    return id === undefined || !entry ? [] : [{ id, group, fact: entry.fact }];
  });
}

/** The test files below a folder of `test`, in order. */
function testsIn(folder: string): readonly TestFile[] {
  const files = readdirSync(join(checkout, 'test', folder)).filter((file) => file.endsWith('.test.ts')).sort();
  return files.map((file) => {
    const titles = readFileSync(join(checkout, 'test', folder, file), 'utf8').matchAll(/(?<!passage\()['"`]((?:[A-Z]{3}-\d+ )*[A-Z]{3}-\d+)(?=['"` ])/g);
    return { link: `[${file.slice(0, -'.test.ts'.length)}](../../test/${folder}/${file})`, ids: new Set([...titles].flatMap(([, ids = '']) => ids.split(' '))) };
  });
}

/** Where tests stand that show requirements of several systems, beside those of a system's templates. */
const shared = ['docs', 'check/controls', 'rollout'];

/**
 * Each requirement of a system with the tests that name it, group by group. A template's tests have the template's name; a test that reads all
 * of them has another.
 */
export function requirementsTable(system: string): string {
  const tests = [...testsIn(`templates/${system}`), ...shared.flatMap(testsIn)];
  const requirements = listed(system);
  const rows = requirements.map(({ id, group, fact }, index) => [
    requirements[index - 1]?.group === group ? '' : `**${group}**`,
    id,
    fact,
    tests.filter(({ ids }) => ids.has(id)).map(({ link }) => link).join(', '),
  ]);
  return table(['Group', 'Id', 'Asked', 'Shown by'], rows);
}
