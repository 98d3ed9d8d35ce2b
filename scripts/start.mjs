import { createRequire } from 'node:module';
import { root, setUpOrExit } from './setup.mjs';

// `npm start`: set-up, then `meridian start` in the same process, with the arguments given after `--`.
await setUpOrExit();
process.argv.splice(1, 1, `${root}/bin/meridian.js`, 'start');
createRequire(import.meta.url)('../bin/meridian.js');
