/** Something that may begin only after others. */
export interface Step {
  readonly id: string;
}

/**
 * Runs steps side by side, each as soon as it may begin and there is room.
 * @param limit    steps that run at the same time
 * @param mayBegin asked again whenever a step has ended; a step that never may is left out
 * @throws what a step throws, once the others that run have ended
 */
export async function sideBySide<S extends Step>(steps: readonly S[], limit: number, mayBegin: (step: S) => boolean, run: (step: S) => Promise<void>): Promise<void> {
  const waiting = new Set(steps);
  const running = new Set<Promise<void>>();
  for (;;) {
    for (const step of waiting) {
      if (running.size >= limit || !mayBegin(step)) continue;
      waiting.delete(step);
      const work: Promise<void> = run(step).finally(() => running.delete(work));
      running.add(work);
    }
    if (running.size === 0) return;
    try {
      await Promise.race(running);
    } catch (error) {
      await Promise.allSettled(running);
      throw error;
    }
  }
}
