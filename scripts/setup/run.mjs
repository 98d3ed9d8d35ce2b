import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What stops set-up: a message for the person at the terminal, `{what}: {why}. {what to do}.`. */
export class SetupError extends Error {}

/** Lines of a failed command's output that its error shows from each end: npm says the reason first, pip and uv last. */
const SHOWN_LINES = 8;

const ADVICE = 'See its reason below; when it names the network, check the connection or the proxy, then run this again.';

/**
 * Runs a command to its end and returns what it wrote to standard output.
 *
 * @param {string} command an executable's path or its name on PATH
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string>, signal?: AbortSignal}} [options] `env` adds to the
 *   environment of this process; `signal` ends the command and everything it started
 * @returns {Promise<string>}
 * @throws {SetupError} when the command can't start or ends with another code than 0; names it and shows what it wrote
 */
export function run(command, args, options = {}) {
  const { cwd, env, signal } = options;
  signal?.throwIfAborted();
  const shown = [command, ...args].map((word) => (/\s/.test(word) ? JSON.stringify(word) : word)).join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      // A process group of its own can be ended as a whole.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = () => endGroup(child.pid);
    signal?.addEventListener('abort', end, { once: true });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (cause) =>
      reject(new SetupError(`Command ${shown}: did not run: ${cause.message}. Check that the file exists and may be executed.`, { cause })),
    );
    child.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', end);
      if (code === 0) return resolve(stdout);
      const ending = killedBy === null ? `ended with code ${code}` : `was ended by ${killedBy}`;
      reject(new SetupError(`Command ${shown}: ${ending}. ${ADVICE}\n${ends(output)}`));
    });
  });
}

function endGroup(leader) {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGTERM');
  } catch (error) {
    // It ended by itself a moment ago.
    if (error.code !== 'ESRCH') throw error;
  }
}

/** The first and the last lines of a text, indented. */
function ends(output) {
  const lines = output.trimEnd().split('\n').map((line) => `    ${line}`);
  if (lines.length <= 2 * SHOWN_LINES) return lines.join('\n');
  return [...lines.slice(0, SHOWN_LINES), '    …', ...lines.slice(-SHOWN_LINES)].join('\n');
}

/**
 * The first executable file of that name in the folders of PATH.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * Whether a path is a file that this user may execute.
 *
 * @param {string} path
 * @returns {boolean}
 */
export function isExecutable(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error.code === 'EACCES') return false;
    throw error;
  }
}
