import type { RolloutEvent } from '../../rollout';
import type { Terminal } from '../terminal';
import { eventLine } from './event-line';
import type { Progress } from './progress';

/** A line for each thing worth knowing, beginning with its region: for logs and pipes. */
export class LineProgress implements Progress {
  constructor(private readonly terminal: Terminal) {}

  readonly listener = (event: RolloutEvent): void => {
    const line = eventLine(event, this.terminal);
    if (line !== undefined) this.terminal.tell(line);
  };

  say(message: string): void {
    this.terminal.tell(message);
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}
