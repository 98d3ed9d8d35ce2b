/** What a test has read: the paths of values, of absences, and of lists and objects whose elements or keys it asked for. */
export type Reads = ReadonlySet<string>;

let on = false;
let reads: Set<string> | undefined;
let alteredPath: string | undefined;

/** Lets templates be read through recording views from now on. To be called before the tests are loaded. */
export function startRecording(): void {
  on = true;
}

/** Whether templates are read through recording views. @default false: tests that nobody proves read the templates themselves */
export function isRecording(): boolean {
  return on;
}

/** Notes that a path was read, and says whether to show it altered. */
export function read(path: string): boolean {
  reads?.add(path);
  return path === alteredPath;
}

/**
 * Notes that a value was read, and says whether to show it altered.
 * @throws Error outside of a test that records, such as while test files are loaded: nobody could see who depends on the value
 */
export function readValue(path: string): boolean {
  if (!reads && alteredPath === undefined) throw new Error(`${path}: it is read outside of every requirement, so that no test can be seen to depend on it. Read it in the body of requirement().`);
  return read(path);
}

/** Whether a path is the one to show altered, without noting that it was read. */
export function isAltered(path: string): boolean {
  return path === alteredPath;
}

/** Runs something and gives what it returned and the paths that it read. */
export function reading<T>(run: () => T): { readonly result: T; readonly reads: Reads } {
  const outer = reads;
  const own = (reads = new Set());
  try {
    return { result: run(), reads: own };
  } finally {
    reads = outer;
  }
}

/** Runs something and forgets what it read: a reader that looks for a place in a template asserts nothing. */
export function unread<T>(run: () => T): T {
  const path = alteredPath;
  alteredPath = undefined;
  try {
    return reading(run).result;
  } finally {
    alteredPath = path;
  }
}

/** Runs something while one path is shown altered. */
export function withAltered(path: string, run: () => void): void {
  alteredPath = path;
  try {
    run();
  } finally {
    alteredPath = undefined;
  }
}
