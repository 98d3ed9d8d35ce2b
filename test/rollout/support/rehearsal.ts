import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStackSetOperationCommand } from '@aws-sdk/client-cloudformation';
import { build } from '../../../src/build/build';
import { LocalAwsControl, startLocalAws, type CallCount, type LocalAws } from '../../../src/local-aws';
import {
  destroy,
  openTarget,
  rollback,
  rollout,
  type DeployParameters,
  type DestroyOptions,
  type DestroyResult,
  type RollbackOptions,
  type RollbackResult,
  type RolloutEvent,
  type RolloutOptions,
  type RolloutResult,
  type Target,
} from '../../../src/rollout';
import { account, secondary, shop, type ShopSettings } from './shop';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** The parameters file of the test system. */
export const parameters: DeployParameters = { file: 'parameters/shop/test.yaml', suffix: 'main', values: { Greeting: 'world' } };

/** A local AWS with a build of the test system in a folder of its own. */
export class Rehearsal {
  readonly folder = mkdtempSync(join(tmpdir(), 'meridian-rollout-'));
  readonly events: RolloutEvent[] = [];

  private constructor(private readonly aws: LocalAws, readonly target: Target, readonly control: LocalAwsControl) {}

  static async start(): Promise<Rehearsal> {
    const aws = await startLocalAws();
    return new Rehearsal(aws, await openTarget({ kind: 'local', endpoint: aws.endpoint }), new LocalAwsControl(aws.endpoint));
  }

  get endpoint(): string {
    return this.aws.endpoint;
  }

  get dist(): string {
    return join(this.folder, 'dist');
  }

  /** The folder for what rollouts leave behind. */
  get state(): string {
    return join(this.folder, 'state');
  }

  async stop(): Promise<void> {
    this.target.close();
    await this.aws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Builds the test system with some settings changed. */
  async build(settings: Partial<ShopSettings> = {}): Promise<void> {
    const systems = existsSync(join(this.dist, 'account')) ? [shop(settings)] : [account(), shop(settings)];
    await build({ dist: this.dist, systems });
  }

  rollout(more: Partial<RolloutOptions> = {}): Promise<RolloutResult> {
    this.events.length = 0;
    return rollout({ ...this.options(), onEvent: (event) => this.events.push(event), ...more });
  }

  /** An empty local AWS with the test system as it is first built, rolled once, and an empty log of calls. */
  async rollFresh(): Promise<RolloutResult> {
    await this.control.reset();
    await this.build();
    const result = await this.rollout();
    if (result.message) throw new Error(result.message);
    await this.control.resetCalls();
    return result;
  }

  /** Waits for the first event that fits. */
  async event<T extends RolloutEvent['type']>(type: T, fits: (event: Extract<RolloutEvent, { type: T }>) => boolean = () => true): Promise<Extract<RolloutEvent, { type: T }>> {
    for (;;) {
      const found = this.events.find((event): event is Extract<RolloutEvent, { type: T }> => event.type === type && fits(event as Extract<RolloutEvent, { type: T }>));
      if (found) return found;
      await sleep(5);
    }
  }

  /** Waits until an operation on a StackSet is over. @returns how it ended, `SUCCEEDED` at best */
  async ended(StackSetName: string, OperationId = ''): Promise<string> {
    for (;;) {
      const { StackSetOperation } = await this.target.in(secondary).cloudFormation.send(new DescribeStackSetOperationCommand({ StackSetName, OperationId }));
      const { Status = 'QUEUED' } = StackSetOperation ?? {};
      if (!['QUEUED', 'RUNNING'].includes(Status)) return Status;
      await sleep(20);
    }
  }

  destroy(more: Partial<DestroyOptions> = {}): Promise<DestroyResult> {
    this.events.length = 0;
    return destroy({ ...this.options(), onEvent: (event) => this.events.push(event), ...more });
  }

  rollback(more: Partial<RollbackOptions> = {}): Promise<RollbackResult> {
    this.events.length = 0;
    return rollback({ ...this.options(), onEvent: (event) => this.events.push(event), ...more });
  }

  /** The calls that changed something since the last reset of the log, as `Action region`, in order. */
  async mutations(): Promise<string[]> {
    const calls = await this.control.calls();
    return calls.filter(({ mutating }) => mutating).flatMap(({ action, region, count }: CallCount) => Array<string>(count).fill(`${action} ${region}`));
  }

  private options() {
    return { target: this.target, dist: this.dist, state: this.state, system: 'shop', environment: 'test', parameters };
  }
}
