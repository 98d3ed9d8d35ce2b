import { isRecording, reading, withAltered, type Reads } from './recording';
import { countSelections } from './selection';

/** What altering the templates has shown of one test. */
export interface Proof {
  /** The test's full title, as mocha reports it. */
  readonly title: string;
  /** Template paths that its assertions read. */
  readonly reads: Reads;
  /** Those of them that can be altered without the test failing. */
  readonly survivors: readonly string[];
}

/** The proofs of the tests that have run while recording. */
export const proofs: Proof[] = [];

/**
 * A test that names requirements. While recording, it notes every template path that its assertions read and runs again with each
 * one altered, to see whether it fails as it should.
 * @param ids   one id, or several between blanks: `KSH-65 KSH-64`
 * @param title what it shows, in a user's words; the ids come before it in the test's title
 * @throws Error when the ids are not of the form that requirement lists have
 */
export function requirement(ids: string, title: string, body: () => void): void {
  if (!/^[A-Z]{3}-\d{2,3}( [A-Z]{3}-\d{2,3})*$/.test(ids)) throw new Error(`Requirement "${ids}" of test "${title}": it is no id such as KSH-25. Write ids as the list has them, several between blanks.`);
  it(`${ids} ${title}`, isRecording() ? provingTest(body) : body);
}

function provingTest(body: () => void): Mocha.Func {
  return function () {
    this.timeout(0);
    proofs.push({ title: this.test?.fullTitle() ?? '', ...prove(body) });
  };
}

/** Runs a test's body, and again with each path altered that it read. */
export function prove(body: () => void): Pick<Proof, 'reads' | 'survivors'> {
  const run = (): void => {
    countSelections();
    body();
  };
  const { reads } = reading(run);
  return { reads, survivors: [...reads].filter((path) => passes(() => withAltered(path, run))) };
}

function passes(run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
