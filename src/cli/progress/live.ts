import { DefaultRenderer, Listr, ListrDefaultRendererLogLevels, ListrLogger, ListrTaskState, ProcessOutput, type ListrTaskWrapper, type SimpleRenderer } from 'listr2';
import type { NodeReference, RolloutEvent } from '../../rollout';
import type { Terminal } from '../terminal';
import { eventLine } from './event-line';
import { nodeLines } from './node-lines';
import { afterEvent, waitingNode, type NodeState } from './node-state';
import type { Progress } from './progress';

type TaskHandle = ListrTaskWrapper<object, typeof ErrorStreamRenderer, typeof SimpleRenderer>;

/** How often running times are brought up to date, in milliseconds. */
const tick = 500;

/** listr2 asks whether standard output is a terminal; this list is painted on standard error, of which the caller knows. */
class ErrorStreamRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

/** A node with its task in the list. */
interface Row {
  state: NodeState;
  task?: TaskHandle;
  /** Settles when the node ended, or the whole display does. */
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** A list of nodes that is repainted: what is done, what runs with its nested stacks, what waits. */
export class LiveProgress implements Progress {
  private readonly rows = new Map<string, Row>();
  private running: Promise<unknown> = Promise.resolve();
  private readonly timer = setInterval(() => this.repaint(), tick).unref();
  private footer = '';
  private readonly output: ProcessOutput;
  /** Gives the cursor back, and what was written meanwhile, when the process ends in the middle. */
  private readonly release = (): void => this.output.release();

  /** @param stream where the list is painted */
  constructor(private readonly terminal: Terminal, stream: NodeJS.WriteStream = process.stderr) {
    this.output = new ProcessOutput(stream, stream, { dump: ['stderr'], leaveEmptyLine: false });
  }

  readonly listener = (event: RolloutEvent): void => {
    if (event.type === 'plan' || event.type === 'rollback') {
      this.open(event.nodes, event.type === 'plan' ? '' : 'back  ');
      return;
    }
    if (event.type === 'bake') for (const held of event.holds) this.change(held, event);
    const row = 'node' in event && event.node ? this.rows.get(keyOf(event.node)) : undefined;
    if (!row) {
      const line = eventLine(event, this.terminal);
      if (line !== undefined && this.rows.size === 0) this.terminal.tell(line);
      return;
    }
    this.change(row.state.node, event);
  };

  private change(node: NodeReference, event: RolloutEvent): void {
    const row = this.rows.get(keyOf(node));
    if (!row || row.state.end) return;
    row.state = afterEvent(row.state, event, performance.now());
    if (row.task && row.state.action !== undefined && !row.task.task.isStarted()) row.task.task.state$ = ListrTaskState.STARTED;
    this.repaint();
    if (row.state.end) row.end();
  }

  say(message: string): void {
    this.footer = message;
    if (this.rows.size === 0) this.terminal.tell(message);
    this.repaint();
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    this.footer = '';
    this.repaint();
    for (const { end } of this.rows.values()) end();
    await this.running;
    process.removeListener('exit', this.release);
    if (this.rows.size > 0) this.terminal.tell('');
    this.rows.clear();
  }

  /** A list of nodes, below the one before it, whose rows stay as they are then. */
  private open(nodes: readonly NodeReference[], prefix: string): void {
    for (const { end } of this.rows.values()) end();
    this.rows.clear();
    for (const node of nodes) {
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => (end = resolve));
      this.rows.set(keyOf(node), { state: waitingNode(node, prefix), ended, end });
    }
    const rows = [...this.rows.values()];
    const list = new Listr<object, typeof ErrorStreamRenderer>(
      rows.map((row) => ({ title: this.titleOf(row.state), task: (_, task) => this.follow(row, task) })),
      {
        concurrent: true,
        exitOnError: false,
        registerSignalListeners: false,
        renderer: ErrorStreamRenderer,
        rendererOptions: {
          collapseSkips: false,
          showErrorMessage: false,
          collapseErrors: false,
          removeEmptyLines: false,
          icon: { [ListrDefaultRendererLogLevels.SKIPPED_WITHOUT_COLLAPSE]: '–' },
          logger: new ListrLogger({ useIcons: true, processOutput: this.output }),
        },
      },
    );
    process.removeListener('exit', this.release);
    process.once('exit', this.release);
    this.running = this.running.then(() => list.run());
  }

  /** A node that waits looks like it although its task has begun: which node comes next, the rollout decides. */
  private async follow(row: Row, task: TaskHandle): Promise<void> {
    row.task = task;
    if (row.state.action === undefined) task.task.state$ = ListrTaskState.WAITING;
    this.repaint();
    await row.ended;
    const outcome = row.state.end?.outcome;
    task.title = outcome === undefined ? `${this.titleOf(row.state)}  not started` : this.titleOf(row.state);
    if (outcome === undefined) task.skip();
    if (outcome === 'failed' || outcome === 'stopped') throw new Error(task.title);
  }

  private repaint(): void {
    for (const { state, task } of this.rows.values()) {
      if (task && !state.end) task.title = this.titleOf(state);
    }
  }

  private titleOf(state: NodeState): string {
    const active = [...this.rows.values()].find((row) => !row.state.end && (row.state.action !== undefined || row.state.bakesUntil !== undefined));
    return [...nodeLines(state, performance.now()), ...(active?.state === state && this.footer ? [this.footer] : [])].join('\n');
  }
}

function keyOf({ system, environment, deployment, region }: NodeReference): string {
  return [system, environment, deployment, region].join('/');
}
