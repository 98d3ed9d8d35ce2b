import type { ExitCode } from '../errors';

/** What a stopped command ends with: it can be run again and goes on. */
const stopped: ExitCode = 4;

/**
 * Ctrl-C and its kin. A command that is interrupted ends at once, unless it is in the middle of `gracefully`: that hears of it by its
 * signal and ends in its own time. The second interruption ends any command at once.
 */
export class Interruption {
  private controller: AbortController | undefined;
  private announce: () => void = () => undefined;

  /** @param tell writes a line for the person who interrupts */
  constructor(private readonly tell: (line: string) => void) {}

  /** Takes over the signals of this process. Returns how to give them back. */
  listen(): () => void {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const onSignal = (): void => this.interrupt();
    for (const name of signals) process.on(name, onSignal);
    return () => signals.forEach((name) => process.removeListener(name, onSignal));
  }

  /**
   * Runs work that must not be cut off. Within it, other such work hears of an interruption in its place.
   * @param say  what happens now that it was interrupted, and what a second Ctrl-C does
   * @param work ends soon, with a result that says so, once its signal is aborted
   * @param tell where to say it. @default a line of progress
   */
  async gracefully<T>(say: string, work: (signal: AbortSignal) => Promise<T>, tell = this.tell): Promise<T> {
    const { controller, announce } = this;
    this.controller = new AbortController();
    this.announce = () => tell(say);
    try {
      return await work(this.controller.signal);
    } finally {
      Object.assign(this, { controller, announce });
    }
  }

  private interrupt(): void {
    if (this.controller && !this.controller.signal.aborted) {
      this.announce();
      this.controller.abort();
      return;
    }
    this.tell('Stopped. Run the same command again.');
    process.exit(stopped);
  }
}
