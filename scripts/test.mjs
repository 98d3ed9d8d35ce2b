import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root, setUpOrExit } from './setup.mjs';

// `npm test`: set-up, then the type check and mocha side by side. Fails when either does. Arguments after `--` go to mocha;
// files among them (`npm test -- test/toolchain/*.test.ts`) are run instead of all.
await setUpOrExit();

const args = process.argv.slice(2);
const specs = args.some((argument) => argument.startsWith('test/')) ? [] : ['test/**/*.test.ts'];
const modules = join(root, 'node_modules');
const typeCheck = start([join(modules, 'ts7', 'bin', 'tsc'), '-p', root, '--pretty', String(process.stdout.isTTY === true)], 'pipe');
const tests = start([join(modules, 'mocha', 'bin', 'mocha.js'), ...specs, ...args], 'inherit');

// Ctrl-C reaches every process of the terminal; these two decide how they end, and this one reports it.
for (const name of ['SIGINT', 'SIGTERM']) {
  process.on(name, () => {
    typeCheck.child.kill(name);
    tests.child.kill(name);
  });
}

const [typesOk, testsOk] = await Promise.all([typeCheck.passed, tests.passed]);
if (!typesOk) process.stderr.write(`Type check: failed.\n${typeCheck.output.join('')}`);
process.exitCode = typesOk && testsOk ? 0 : 1;

/** Starts a Node script of the checkout; `output` collects what it writes when that is piped. */
function start(args, stdio) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', stdio, stdio] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => output.push(text));
  return { child, output, passed: once(child, 'close').then(([code]) => code === 0) };
}
