import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { checkout } from '../../../../src/toolchain/checkout';
import { parameters, type Rehearsal } from '../../support/rehearsal';
import { primary, secondary } from '../../support/shop';
import type { KillOrder } from './killed-rollout';

/** The script of mortal processes as one file, which starts in a fraction of the time. */
export class MortalScript {
  private readonly folder = mkdtempSync(join(tmpdir(), 'meridian-mortal-'));
  readonly file = join(this.folder, 'killed-rollout.js');

  constructor() {
    buildSync({ entryPoints: [join(__dirname, 'killed-rollout.ts')], bundle: true, platform: 'node', outfile: this.file, external: ['@aws-cdk/*'], logLevel: 'error' });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** An order that says only when to die, and what to do when it isn't to roll. */
export type DeathOrder = Pick<KillOrder, 'command' | 'more' | 'at' | 'when'>;

/** A process that rolls or destroys the test system until it is killed. To start takes most of its time, so it can be started early. */
export class Mortal {
  private readonly child: ChildProcess;
  /** Settles once it can begin. */
  readonly ready: Promise<unknown>;

  constructor({ file }: MortalScript, private readonly rehearsal: Rehearsal) {
    this.child = fork(file, { execArgv: [], env: { ...process.env, NODE_PATH: join(checkout, 'node_modules') } });
    this.ready = once(this.child, 'message');
  }

  /** Begins to obey. */
  async begin(order: DeathOrder): Promise<void> {
    await this.ready;
    const { endpoint, dist, state } = this.rehearsal;
    this.child.send({ ...order, endpoint, dist, state, parameters, regions: [primary, secondary] } satisfies KillOrder);
  }

  /** Obeys to the end. Returns its exit code. */
  async finish(order: DeathOrder): Promise<number | null> {
    const gone = once(this.child, 'exit');
    await this.begin(order);
    await gone;
    return this.child.exitCode;
  }

  /** Obeys until its order kills it. Returns the signal that it died of. */
  async die(order: DeathOrder): Promise<NodeJS.Signals | null> {
    const gone = once(this.child, 'exit');
    await this.begin(order);
    await gone;
    return this.child.signalCode;
  }

  /** Kills it, wherever it is. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
