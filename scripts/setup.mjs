#!/usr/bin/env node
import { mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './setup/lock.mjs';
import { installNodePackages } from './setup/node-packages.mjs';
import { installEnvironment, PYTHON_TOOLS, SAM, TOOLS } from './setup/python.mjs';
import { SetupError } from './setup/run.mjs';
import { CHECKOUT, isReady, markReady, SAM_CLI } from './setup/stamp.mjs';

const HELP = `Sets up this checkout: Node packages into node_modules/, Python tools into .tools/python.

Usage: node scripts/setup.mjs [--sam] [--help]

  --sam   AWS SAM CLI as well, into .tools/sam: for "sam deploy" and nothing else

Needs Node 20.19 or newer with npm, and Python 3.10 or newer, on Linux or macOS. Writes nothing outside the checkout but
the caches of npm, uv and pip. Does nothing, and says nothing, when everything is in place.

  MERIDIAN_PYTHON   the Python to use instead of the first suitable one on PATH

Exit codes: 0 ready, 2 something is missing on this machine or a download failed, 4 stopped: run it again.
`;

/** The oldest Node that can require() the ES modules among the packages. */
const OLDEST_NODE = [20, 19];

/** The checkout that this script belongs to. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What each part installs, with the name that progress goes by. Steps of a part run at the same time: all wait for the network. */
const STEPS = new Map([
  [
    CHECKOUT,
    [
      ['Node packages', installNodePackages],
      ['Python tools', (...job) => installEnvironment(PYTHON_TOOLS, ...job)],
    ],
  ],
  [SAM_CLI, [['AWS SAM CLI', (...job) => installEnvironment(SAM, ...job)]]],
]);

/**
 * Sets up the checkout unless it is set up; on failure prints why and ends the process with code 2, when stopped with 4.
 * Progress goes to standard error, so that standard output stays the caller's.
 *
 * @param {import('./setup/stamp.mjs').Part[]} [parts] what to set up, in this order
 */
export async function setUpOrExit(parts = [CHECKOUT]) {
  checkMachine();
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of signals) process.once(name, onSignal);
  try {
    for (const part of parts) await setUp(part, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) fail('Set-up: stopped before it was complete. Run the command again to finish it.', 4);
    if (error instanceof SetupError) fail(error.message, 2);
    throw error;
  } finally {
    for (const name of signals) process.removeListener(name, onSignal);
  }
}

function fail(message, exitCode) {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

async function setUp(part, signal) {
  if (isReady(root, part)) return;
  const tools = join(root, TOOLS);
  mkdirSync(tools, { recursive: true });
  const onWait = (holder) => say(`Another set-up of this checkout is running (process ${holder}): waiting for it.`);
  await withLock(join(tools, 'setup.lock'), onWait, signal, async () => {
    if (isReady(root, part)) return;
    await install(STEPS.get(part), signal);
    markReady(root, part);
  });
}

/** Runs steps side by side. The failure of one ends the others. */
async function install(steps, signal) {
  const ended = new AbortController();
  signal.addEventListener('abort', () => ended.abort(), { once: true });
  const running = steps.map(async ([name, step]) => {
    const start = performance.now();
    const how = await step(root, ended.signal);
    if (how !== undefined) say(`Set-up: ${name}, ${seconds(start)} (${how})`);
  });
  try {
    await Promise.all(running);
  } catch (error) {
    ended.abort();
    await Promise.allSettled(running);
    throw error;
  }
}

function checkMachine() {
  if (!['linux', 'darwin'].includes(process.platform)) {
    fail(`Operating system: ${process.platform} is neither Linux nor macOS. On Windows, use WSL 2.`, 2);
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(`Node: ${process.versions.node} is older than ${OLDEST_NODE.join('.')}. Install a newer one, for example with nvm.`, 2);
  }
}

function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const options = process.argv.slice(2);
  const unknown = options.find((option) => !['--sam', '--help', '-h'].includes(option));
  if (unknown !== undefined) fail(`Option "${unknown}": set-up knows only --sam and --help. Leave it out.`, 2);
  if (options.includes('--help') || options.includes('-h')) process.stdout.write(HELP);
  else await setUpOrExit(options.includes('--sam') ? [CHECKOUT, SAM_CLI] : [CHECKOUT]);
}
