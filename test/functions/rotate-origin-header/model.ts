import type { Clock, Origin } from '../../../src/functions/rotate-origin-header/rotation';
import type { Found } from '../../../src/functions/rotate-origin-header/step';

/** Where a rollout writes a value that it has read before. */
export type Place = 'primary' | 'secondary' | 'edge';

/** Ends an invocation as Lambda does when its time is up. */
export class Killed extends Error {}

/** Milliseconds that things take. A deployment takes longer than a pause between two looks, a copy as long as one or two. */
const takes = { copyOfCurrent: 2_000, copyOfNext: 4_000, deployment: 40_000, invocation: 900_000 };

interface Secret {
  value: string;
  version: string;
  made: number;
  former: string | undefined;
  copy: string;
  copiedAt: number;
}

/**
 * CloudFront, both secrets with their copies and the rules of two regions, in memory, and a clock that only pauses move. Each
 * secret is copied some seconds after it changed, for itself. After every change it is seen whether each region accepts all that
 * may be sent.
 */
export class Model implements Origin, Clock {
  time = Date.UTC(2026, 0, 1);
  /** Reads, changes and pauses so far: the points at which an invocation can be killed, or a rollout can come in between. */
  points = 0;
  /** What happens at each point. */
  onPoint: (point: number) => void = () => undefined;
  /** Every moment in which a region refused what CloudFront may send, in words. */
  readonly broken: string[] = [];
  /** The longest time, in milliseconds, for which a region did so. */
  longestBreak = 0;
  readonly quiet = 40_000;
  readonly rules: Record<string, readonly string[]> = { primary: ['a', 'b'], secondary: ['a', 'b'] };
  private brokenSince: number | undefined;
  private deadline = 0;
  private version = 0;
  private writes: readonly { readonly at: number; readonly act: () => void }[] = [];
  private deployedAt = 0;
  private sends = 'a';
  private maySend = new Set(['a']);
  private readonly held: Record<'current' | 'next', Secret>;

  /** @param isEdgeAtHome whether CloudFormation makes CloudFront in the region in which the secrets are written */
  constructor(private readonly isEdgeAtHome = false) {
    const secret = (value: string): Secret => ({ value, version: `v-${value}`, made: this.time, former: undefined, copy: value, copiedAt: 0 });
    this.held = { current: secret('a'), next: secret('b') };
  }

  /** Begins an invocation of fifteen minutes. */
  invoke(): this {
    this.deadline = this.time + takes.invocation;
    return this;
  }

  now = (): number => this.time;
  remaining = (): number => this.deadline - this.time;
  async pause(milliseconds: number): Promise<void> {
    await Promise.resolve(this.onPoint(this.points++));
    this.time += milliseconds;
    if (this.time >= this.deployedAt) this.maySend = new Set([this.sends]);
    for (const secret of Object.values(this.held)) if (this.time >= secret.copiedAt) secret.copy = secret.value;
    const [due, later] = [this.writes.filter(({ at }) => at <= this.time), this.writes.filter(({ at }) => at > this.time)];
    this.writes = later;
    for (const { act } of due) act();
    this.judge('a pause');
  }

  async find(): Promise<Found> {
    const distribution = this.at(() => ({ sends: [this.sends], isDeployed: this.maySend.size === 1, version: String(this.version), changed: new Date(this.time) }));
    const { current, next } = this.at(() => ({ current: { ...this.held.current }, next: { ...this.held.next } }));
    const rules = this.at(() => Object.entries(this.rules).map(([arn, accepts]) => ({ arn, accepts })));
    const secret = ({ value, version, made }: Secret) => ({ value, version, made: new Date(made) });
    return Promise.resolve({ distribution, current: secret(current), former: current.former, next: secret(next), isReplicated: [current, next].every(({ value, copy }) => value === copy), rules });
  }

  send(value: string, version: string): Promise<boolean> {
    return Promise.resolve(this.at(() => version === String(this.version) && this.deploy(value)));
  }

  accept(rule: string, values: readonly string[]): Promise<void> {
    return Promise.resolve(this.at(() => this.set(rule, values)));
  }

  store(name: 'current' | 'next', value: string, version: string): Promise<boolean> {
    return Promise.resolve(
      this.at(() => {
        const secret = this.held[name];
        if (secret.version === version) return secret.value === value;
        const copiedAt = this.time + (name === 'current' ? takes.copyOfCurrent : takes.copyOfNext);
        this.held[name] = { ...secret, value, version, made: this.time, former: secret.value, copiedAt };
        return true;
      }),
    );
  }

  /** What CloudFormation writes to a place, read from the secrets as they are there, after so many milliseconds. */
  rollOut(place: Place, after = 0): void {
    const read = ({ value, copy }: Secret): string => (place === 'primary' || (place === 'edge' && this.isEdgeAtHome) ? value : copy);
    const [current, next] = [read(this.held.current), read(this.held.next)];
    const act = (): void => {
      if (place === 'edge') this.deploy(current);
      else this.set(place, [current, next]);
      this.judge(`a rollout of ${place}`);
    };
    if (after > 0) this.writes = [...this.writes, { at: this.time + after, act }];
    else act();
  }

  /** Copies what the secrets hold. */
  copy(): void {
    for (const secret of Object.values(this.held)) secret.copy = secret.value;
  }

  /** What is sent, held and accepted in the end, without the values of random ones. */
  ends(): object {
    const { current, next } = this.held;
    return { sendsCurrent: this.sends === current.value, isDeployed: this.maySend.size === 1, differ: current.value !== next.value, rules: Object.values(this.rules).map((values) => [...values].sort().join() === [current.value, next.value].sort().join()) };
  }

  get current(): string {
    return this.held.current.value;
  }

  private at<T>(act: () => T): T {
    this.onPoint(this.points++);
    const result = act();
    this.judge(`point ${this.points - 1}`);
    return result;
  }

  private set(rule: string, values: readonly string[]): void {
    this.rules[rule] = values;
  }

  private deploy(value: string): true {
    this.sends = value;
    this.maySend.add(value);
    this.version += 1;
    this.deployedAt = this.time + takes.deployment;
    return true;
  }

  private judge(when: string): void {
    const refusing = Object.entries(this.rules).flatMap(([region, accepted]) => [...this.maySend].filter((value) => !accepted.includes(value)).map(() => `${when}: ${region} refuses what CloudFront may send`));
    this.broken.push(...refusing);
    this.brokenSince = refusing.length ? (this.brokenSince ?? this.time) : undefined;
    if (this.brokenSince !== undefined) this.longestBreak = Math.max(this.longestBreak, this.time - this.brokenSince);
  }
}
