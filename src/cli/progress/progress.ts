import type { Listener } from '../../rollout';
import type { ProgressKind } from '../options';
import type { Terminal } from '../terminal';
import { ErrorProgress } from './errors';
import { LineProgress } from './lines';
import { LiveProgress } from './live';

/** Shows what a rollout or a destruction does while it runs. */
export interface Progress {
  readonly listener: Listener;
  /** Says something between events, for example that the rollout was asked to stop. */
  say(message: string): void;
  /** Ends the display; nothing is shown afterwards. */
  end(): Promise<void>;
}

/** The display that the options and the terminal ask for. */
export function openProgress(kind: ProgressKind, terminal: Terminal): Progress {
  const chosen = kind === 'auto' ? (terminal.live ? 'live' : 'lines') : kind;
  if (chosen === 'live' && terminal.live) return new LiveProgress(terminal);
  return chosen === 'errors' ? new ErrorProgress(terminal) : new LineProgress(terminal);
}
