import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startRecording } from '../test/requirements/recording';
import { proofs } from '../test/requirements/requirement';
import { listedSystems, matrix, readRequirements, unlisted } from './requirements/matrix';
import { printMatrix, printProofs } from './requirements/print';
import { proven } from './requirements/proven';
import { runTests } from './requirements/run';

const usage = `npm run requirements -- [system …] [--prove] [--json]   prints id → tests → result, for example: npm run requirements -- kasha
  --prove   alters every template path that the tests of a requirement read, one at a time; exit code 1 when a test still passes
  --json    prints the same as JSON`;

const checkout = resolve(__dirname, '..');
const folder = join(checkout, 'test', 'requirements');

async function main(): Promise<number> {
  const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { prove: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  const systems = listedSystems(folder);
  const strange = wanted.filter((system) => !systems.includes(system));
  if (strange.length) console.error(`System ${strange.join(', ')}: has no requirement list. Choose one of ${systems.join(', ')}.`);
  else if (values.help) console.log(usage);
  if (strange.length || values.help) return strange.length ? 2 : 0;

  const lists = (wanted.length ? wanted : systems).map((system) => ({ system, requirements: readRequirements(folder, system) }));
  const ids = new Set(lists.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
  const prefixes = new Set([...ids].map((id) => id.slice(0, 3)));
  if (values.prove) startRecording();
  const results = await runTests(checkout, [...prefixes]);
  const rows = lists.map(({ system, requirements }) => ({ system, rows: proven(matrix(requirements, results), proofs) }));

  if (values.json) console.log(JSON.stringify(rows, null, 2));
  else for (const { system, rows: own } of rows) (values.prove ? printProofs : printMatrix)(system, own);
  const strangers = unlisted(prefixes, ids, results);
  if (strangers.length) console.error(`\nTests name ${strangers.join(', ')}, which no list has. Correct the titles.`);
  const wrong = rows.some(({ rows: own }) => own.some(({ state, lacks }) => (values.prove ? lacks : state === 'failed')));
  return strangers.length || wrong ? 1 : 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`Requirements: ${error instanceof Error ? error.message : String(error)}. Correct the command line or the test files; --help shows how it is called.`);
    process.exitCode = 2;
  },
);
