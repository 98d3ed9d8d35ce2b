import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';

/**
 * Splits work into at most `count` batches of nearly equal size: the largest piece first, always into the lightest batch.
 * @param size the weight of one piece, in bytes
 */
export function balance<T>(pieces: readonly T[], count: number, size: (piece: T) => number): T[][] {
  const batches = Array.from({ length: Math.min(count, pieces.length) }, () => ({ total: 0, pieces: [] as T[] }));
  for (const piece of [...pieces].sort((left, right) => size(right) - size(left))) {
    const lightest = batches.reduce((least, batch) => (batch.total < least.total ? batch : least));
    lightest.pieces.push(piece);
    lightest.total += size(piece);
  }
  return batches.map((batch) => batch.pieces);
}

/** The processes of one check: so many at a time for all its steps together, and none left when one fails. */
export class Workers {
  private readonly limit;
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private failure: { readonly error: unknown } | undefined;

  /**
   * @param jobs        processes at a time, by default one a core, because the tools are bound by the processor
   * @param interrupted ends them all when it fires; by default nothing does
   */
  constructor(readonly jobs = availableParallelism(), interrupted?: AbortSignal) {
    this.limit = pLimit(jobs);
    this.signal = interrupted ? AbortSignal.any([this.stop.signal, interrupted]) : this.stop.signal;
  }

  /**
   * Runs one process a batch, in order as places become free.
   * @param run starts the process; ends it when the signal fires
   * @throws the first failure of any batch of this check, after every process has ended
   */
  async run<B, R>(batches: readonly B[], run: (batch: B, signal: AbortSignal) => Promise<R>): Promise<R[]> {
    const settled = await Promise.allSettled(batches.map((batch) => this.limit(() => this.guarded(() => run(batch, this.signal)))));
    return settled.map((result) => {
      if (result.status === 'rejected') throw this.failure?.error ?? result.reason;
      return result.value;
    });
  }

  /**
   * Waits for steps that run side by side.
   * @throws the first failure, after all steps have ended
   */
  async all<T extends readonly unknown[]>(steps: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
    await Promise.allSettled(steps.map((step) => this.guarded(() => step)));
    if (this.failure) throw this.failure.error;
    return Promise.all(steps) as unknown as Promise<T>;
  }

  private async guarded<R>(work: () => Promise<R>): Promise<R> {
    try {
      this.signal.throwIfAborted();
      return await work();
    } catch (error) {
      this.failure ??= { error };
      this.stop.abort();
      throw error;
    }
  }
}
