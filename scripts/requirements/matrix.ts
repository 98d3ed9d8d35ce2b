import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const list = z.record(z.string().regex(/^[A-Z]{3}-\d{2,3}$/), z.strictObject({ proof: z.enum(['template', 'page']), fact: z.string().min(1) }));

/** What an owner asked for, and what can show it. */
export interface Requirement {
  readonly id: string;
  readonly proof: 'template' | 'page';
  readonly fact: string;
}

/** A test that was run. */
export interface TestResult {
  readonly title: string;
  readonly passed: boolean;
}

/** A requirement and the tests whose title begins with its id. */
export interface MatrixRow extends Requirement {
  readonly tests: readonly TestResult[];
  readonly state: 'passed' | 'failed' | 'unnamed';
}

/** The requirement ids in a test's title. */
const idsIn = (title: string): readonly string[] => title.match(/\b[A-Z]{3}-\d{2,3}\b/g) ?? [];

/** The systems that have a requirement list. */
export function listedSystems(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.yaml')).map((file) => basename(file, '.yaml')).sort();
}

/**
 * Reads a system's requirement list.
 * @throws Error naming the entry that is not of the list's form
 */
export function readRequirements(folder: string, system: string): Requirement[] {
  const entries = list.parse(parse(readFileSync(join(folder, `${system}.yaml`), 'utf8')));
  return Object.entries(entries).map(([id, requirement]) => ({ id, ...requirement }));
}

/** Holds requirements against test results: a test names the ids that stand in its title. */
export function matrix(requirements: readonly Requirement[], results: readonly TestResult[]): MatrixRow[] {
  return requirements.map((requirement) => {
    const tests = results.filter(({ title }) => idsIn(title).includes(requirement.id));
    const state = tests.length === 0 ? 'unnamed' : tests.every(({ passed }) => passed) ? 'passed' : 'failed';
    return { ...requirement, tests, state };
  });
}

/** Ids that tests name and no list has: a slip of the pen, since ids never change. */
export function unlisted(prefixes: ReadonlySet<string>, known: ReadonlySet<string>, results: readonly TestResult[]): string[] {
  const named = results.flatMap(({ title }) => idsIn(title));
  return [...new Set(named.filter((id) => prefixes.has(id.slice(0, 3)) && !known.has(id)))].sort();
}
