import type { ExitCode } from '../errors';
import type { Interruption } from './interruption';
import type { Terminal } from './terminal';
import type { Workspace } from './workspace';

/** What every command works with. */
export interface Context {
  readonly workspace: Workspace;
  readonly terminal: Terminal;
  readonly interruption: Interruption;
}

/** Runs what a sub-command does, and keeps the exit code that it ends with. */
export type Run = (action: (context: Context) => Promise<ExitCode>) => Promise<void>;
