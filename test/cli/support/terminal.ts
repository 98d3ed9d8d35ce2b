import type { Terminal } from '../../../src/cli/terminal';

/** A terminal that remembers what was written to it. */
export class RememberedTerminal implements Terminal {
  readonly colors = false;
  readonly progressColors = false;
  readonly width = 100;
  readonly live = false;
  readonly canAsk = false;
  printed = '';
  readonly told: string[] = [];

  print(text: string): void {
    this.printed += text;
  }

  tell(line: string): void {
    this.told.push(line);
  }

  hint(): void {
    // Nothing can be overwritten here.
  }
}
