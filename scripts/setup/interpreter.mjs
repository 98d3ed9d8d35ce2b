import { onPath, run, SetupError } from './run.mjs';

/** The oldest Python that ministack and cfn-lint run on. */
const OLDEST = [3, 10];

/** Names to look for on PATH, the plain one first: it is the one its owner chose. */
const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

const ADVICE = 'Install Python 3.10 or newer ("apt install python3 python3-venv", "brew install python"), or name one in MERIDIAN_PYTHON';

/**
 * The Python to build the tools' environment with: the one that MERIDIAN_PYTHON names, else the first on PATH that is
 * new enough.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<{path: string, version: string}>} `path` is the interpreter itself, not a version manager's launcher
 * @throws {SetupError} when there is none; says which ones were found and their versions
 */
export async function findInterpreter(signal) {
  const named = process.env.MERIDIAN_PYTHON;
  const candidates = named ? [named] : NAMES.map(onPath).filter((path) => path !== undefined);
  const rejected = [];
  for (const path of candidates) {
    const interpreter = await probe(path, signal);
    if (interpreter === undefined) rejected.push(`${path} does not run`);
    else if (isNewEnough(interpreter.version)) return interpreter;
    else rejected.push(`${path} is ${interpreter.version}`);
  }
  const found = rejected.length === 0 ? 'no python3 on PATH' : rejected.join(', ');
  throw new SetupError(`Python ${OLDEST.join('.')} or newer: ${named ? `MERIDIAN_PYTHON: ${found}` : found}. ${ADVICE}.`);
}

/** The interpreter behind a path; nothing when that path doesn't answer like a Python. */
async function probe(path, signal) {
  const code = 'import sys; print("%d.%d.%d" % sys.version_info[:3], sys.executable)';
  try {
    const [, version, executable] = /^(\d+\.\d+\.\d+) ?(.*)$/m.exec(await run(path, ['-c', code], { signal })) ?? [];
    return version === undefined ? undefined : { path: executable || path, version };
  } catch (error) {
    if (error instanceof SetupError && !signal.aborted) return undefined;
    throw error;
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
