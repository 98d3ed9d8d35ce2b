import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Cache } from '../../../src/functions/rotate-cache-token/cache';
import type { Clock } from '../../../src/functions/rotate-cache-token/clock';
import { rotate } from '../../../src/functions/rotate-cache-token/rotation';
import type { Acceptance } from '../../../src/functions/rotate-cache-token/sign-in';
import { STEPS, type Step } from '../../../src/functions/rotate-password/request';
import { LocalSecret, secretArn } from '../rotate-password/local-secret';

/** Ends an invocation as Lambda does when its time is up. */
export class Killed extends Error {}

/** What AWS does not say of ElastiCache, and what must not matter. */
export interface Habits {
  /** Whether a token that is added again counts once. */
  readonly countsOnce: boolean;
  /** Whether it refuses to keep one token only where there is one only. */
  readonly refusesToKeepOne: boolean;
}

/** Milliseconds for which a change is under way, and of an invocation. */
const takes = { change: 25_000, invocation: 900_000 };

/**
 * A cache and the secret of its token, in memory, with a clock that only pauses move. Of a change under way the nodes that have it are
 * some. At every point, before and after each call, it is seen whether the cache accepts the current token.
 */
export class Model implements Cache, Clock {
  readonly name = 'Cache model';
  readonly secret = new LocalSecret({ value: 'token-0' });
  /** Calls and pauses so far: the points at which an invocation can be killed, or a rollout can come in between. */
  points = 0;
  /** What happens at each point. */
  onPoint: (point: number) => void = () => undefined;
  /** Whether it is seen, at every point, if the cache accepts the current token. */
  judges = true;
  /** Every point at which the cache refused the current token. */
  readonly broken: string[] = [];
  private tokens: readonly string[] = ['token-0'];
  private change: { readonly tokens: readonly string[]; readonly at: number } | undefined;
  private time = 0;
  private deadline = 0;
  private readonly written: string[] = [];
  private readonly send = SecretsManagerClient.prototype.send;

  constructor(private readonly habits: Habits = { countsOnce: true, refusesToKeepOne: true }) {
    const { send } = this;
    const point = (what: string) => this.point(what);
    SecretsManagerClient.prototype.send = async function (this: SecretsManagerClient, ...given: unknown[]) {
      point('before a call of Secrets Manager');
      const answer: unknown = await Reflect.apply(send, this, given);
      point('after a call of Secrets Manager');
      return answer;
    } as typeof send;
  }

  /** Gives Secrets Manager's client back. */
  end(): void {
    SecretsManagerClient.prototype.send = this.send;
    this.secret.stub.restore();
  }

  get current(): string {
    return String(this.secret.json('AWSCURRENT')['value']);
  }

  /** The tokens that every node accepts once nothing is being changed. */
  get accepted(): readonly string[] {
    return [...new Set(this.change ? this.change.tokens : this.tokens)];
  }

  /** All steps, in an invocation each, begun again from the first when one fails or is killed, as Secrets Manager does. */
  async rotate(version: string): Promise<void> {
    this.secret.startRotation(version);
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        for (const step of STEPS) await this.step(step, version);
        return;
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  async step(Step: Step, version: string): Promise<void> {
    this.deadline = this.time + takes.invocation;
    await rotate({ Step, SecretId: secretArn, ClientRequestToken: version }, { cache: this, clock: this, passwordRule: { length: 64, exclude: '' } });
  }

  /** Has CloudFormation add a token as soon as the cache takes a change. */
  write(token: string): void {
    this.written.push(token);
    this.take();
  }

  remaining = (): number => this.deadline - this.time;
  async pause(milliseconds: number): Promise<void> {
    this.point('before a pause');
    this.time += milliseconds;
    this.settle();
    this.point('after a pause');
    return Promise.resolve();
  }

  async isSettled(): Promise<boolean> {
    return this.at('asking whether it is settled', () => !this.change);
  }

  async accepts(token: string): Promise<Acceptance> {
    return this.at('signing in', () => {
      if (!this.change) return this.tokens.includes(token) ? 'all' : 'none';
      const [before, after] = [this.tokens.includes(token), this.change.tokens.includes(token)];
      if (before && after) return 'all';
      return before || after ? 'some' : 'none';
    });
  }

  async add(token: string): Promise<boolean> {
    return this.at('adding', () => this.begin(this.with(token)));
  }

  async keepOnly(token: string): Promise<boolean | 'refused'> {
    return this.at('keeping one', () => {
      if (this.change) return false;
      return this.habits.refusesToKeepOne && this.tokens.length < 2 ? 'refused' : this.begin([token]);
    });
  }

  private with(token: string): readonly string[] {
    const others = this.habits.countsOnce ? this.tokens.filter((each) => each !== token) : this.tokens;
    return [...others.slice(-1), token];
  }

  private begin(tokens: readonly string[]): boolean {
    if (this.change) return false;
    this.change = { tokens, at: this.time + takes.change };
    return true;
  }

  private settle(): void {
    if (!this.change || this.time < this.change.at) return;
    this.tokens = this.change.tokens;
    this.change = undefined;
    this.take();
  }

  /** Lets the next rollout's token be added. */
  private take(): void {
    const [token] = this.written;
    if (token === undefined || !this.begin(this.with(token))) return;
    this.written.shift();
  }

  private async at<T>(what: string, act: () => T): Promise<T> {
    this.point(`before ${what}`);
    const result = act();
    this.point(`after ${what}`);
    return Promise.resolve(result);
  }

  private point(what: string): void {
    const point = this.points++;
    this.judge(`${what}, at point ${point}`);
    this.onPoint(point);
    this.judge(`what happened ${what}, at point ${point}`);
  }

  private judge(when: string): void {
    if (!this.judges) return;
    const sure = this.change ? this.tokens.filter((token) => this.change?.tokens.includes(token)) : this.tokens;
    if (!sure.includes(this.current)) this.broken.push(`${when}: the current token is not accepted by every node`);
  }
}
