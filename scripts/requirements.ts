import { resolve } from 'node:path';
import { requirements } from './requirements/command';

requirements(resolve(__dirname, '..'), process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`Requirements: ${error instanceof Error ? error.message : String(error)}. Correct the command line or the test files; --help shows how it is called.`);
    process.exitCode = 2;
  },
);
