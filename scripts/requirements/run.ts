import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import type { TestResult } from './matrix';

class Silent extends Mocha.reporters.Base {}

/**
 * Runs the tests of a checkout that name a requirement, in this process, so that what they record while they run can be read here.
 * @param prefixes the letters that ids begin with: `KSH`
 * @throws whatever a test file throws while it is loaded
 */
export function runTests(checkout: string, prefixes: readonly string[]): Promise<TestResult[]> {
  const { timeout } = JSON.parse(readFileSync(join(checkout, '.mocharc.json'), 'utf8')) as { readonly timeout: number };
  const mocha = new Mocha({ timeout, reporter: Silent, grep: new RegExp(`\\b(${prefixes.join('|')})-\\d`) });
  process.chdir(checkout);
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts')).sort();
  for (const file of files) mocha.addFile(join(checkout, 'test', file));
  const results: TestResult[] = [];
  return new Promise((resolve) => {
    mocha
      .run(() => resolve(results))
      .on('pass', (test) => results.push({ title: test.fullTitle(), passed: true }))
      .on('fail', (test) => results.push({ title: test.fullTitle(), passed: false }));
  });
}
