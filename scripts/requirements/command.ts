import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRecording } from '../../test/requirements/recording';
import { proofs } from '../../test/requirements/requirement';
import { listedSystems, matrix, readRequirements, unlisted } from './matrix';
import { printMatrix, printProofs } from './print';
import { proven } from './proven';
import { runTests } from './run';

const usage = `npm run requirements -- [system …] [--prove] [--json]   prints id → tests → result, for example: npm run requirements -- kasha
  --prove   alters every template path that the tests of a requirement read, one at a time; exit code 1 when a test still passes
  --json    prints the same as JSON`;

/**
 * `npm run requirements`: holds the requirement lists of a checkout against its tests.
 * @param args the command line after the script's name
 * @returns the exit code: 0, 1 for a requirement that fails or, with `--prove`, is not proven, 2 for a system without a list
 * @throws TypeError for an option that there is not
 */
export async function requirements(checkout: string, args: readonly string[]): Promise<number> {
  const { values, positionals: wanted } = parseArgs({ args: [...args], allowPositionals: true, options: { prove: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  const folder = join(checkout, 'test', 'requirements');
  const systems = listedSystems(folder);
  const strange = wanted.filter((system) => !systems.includes(system));
  if (strange.length) console.error(`System ${strange.join(', ')}: has no requirement list. Choose one of ${systems.join(', ')}.`);
  else if (values.help) console.log(usage);
  if (strange.length || values.help) return strange.length ? 2 : 0;

  const lists = (wanted.length ? wanted : systems).map((system) => ({ system, requirements: readRequirements(folder, system) }));
  const ids = new Set(lists.flatMap((list) => list.requirements.map(({ id }) => id)));
  const prefixes = new Set([...ids].map((id) => id.slice(0, 3)));
  if (values.prove) startRecording();
  const results = await runTests(checkout, [...prefixes]);
  const found = lists.map((list) => ({ system: list.system, rows: proven(matrix(list.requirements, results), proofs) }));

  if (values.json) console.log(JSON.stringify(found, null, 2));
  else for (const { system, rows } of found) (values.prove ? printProofs : printMatrix)(system, rows);
  const strangers = unlisted(prefixes, ids, results);
  if (strangers.length) console.error(`\nTests name ${strangers.join(', ')}, which no list has. Correct the titles.`);
  const wrong = found.some(({ rows }) => rows.some(({ state, lacks }) => (values.prove ? lacks : state === 'failed')));
  return strangers.length || wrong ? 1 : 0;
}
