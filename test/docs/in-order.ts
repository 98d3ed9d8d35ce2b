import { expect } from 'chai';

/** Asserts that a text has these steps, each once found after the one before. */
export function inOrder(of: string, steps: readonly string[]): void {
  let at = -1;
  for (const step of steps) {
    const found = of.indexOf(step, at + 1);
    expect(found, step).to.be.greaterThan(at);
    at = found;
  }
}
