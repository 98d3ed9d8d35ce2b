import type { RolloutEvent } from '../../rollout';
import type { Terminal } from '../terminal';
import { eventLine } from './event-line';
import type { Progress } from './progress';

/** Only what goes wrong or waits, a line each. */
export class ErrorProgress implements Progress {
  constructor(private readonly terminal: Terminal) {}

  readonly listener = (event: RolloutEvent): void => {
    const line = isTrouble(event) ? eventLine(event, this.terminal) : undefined;
    if (line !== undefined) this.terminal.tell(line);
  };

  say(message: string): void {
    this.terminal.tell(message);
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

function isTrouble(event: RolloutEvent): boolean {
  switch (event.type) {
    case 'resource':
      return event.status.endsWith('_FAILED');
    case 'node-done':
      return event.outcome === 'failed' || event.outcome === 'stopped';
    case 'gate':
      return !event.passed;
    default:
      return event.type === 'note' || event.type === 'waiting';
  }
}
