import { inspect } from 'node:util';
import { rotation } from '../../../src/functions/rotate-password/rotation';
import type { Database } from '../../../src/functions/rotate-password/database';
import { STEPS, type Step } from '../../../src/functions/rotate-password/request';
import { secretArn } from './local-secret';

/** The rule by which the tests' passwords are made. */
export const passwordRule = { length: 40, exclude: `/@"'\\ ` };

/** A rotation's steps against one database, and everything that they wrote or threw. */
export class Rotating {
  /** Whole text of every log line and of every error, with all its hidden fields. */
  readonly said: string[] = [];
  private readonly handler: (event: unknown) => Promise<void>;

  constructor(database: Database) {
    this.handler = rotation({ database, passwordRule });
  }

  /** Does one step. */
  async step(Step: Step, version: string, secret = secretArn): Promise<void> {
    await this.send({ Step, SecretId: secret, ClientRequestToken: version, RotationToken: 'rotation-token' });
  }

  /** Does these steps in order. */
  async steps(version: string, steps: readonly Step[] = STEPS): Promise<void> {
    for (const step of steps) await this.step(step, version);
  }

  /** Sends any event. */
  async send(event: unknown): Promise<void> {
    const log = console.log;
    console.log = (...parts: unknown[]) => this.said.push(parts.map(String).join(' '));
    try {
      await this.handler(event);
    } catch (error) {
      this.said.push(inspect(error, { depth: 10, showHidden: true }));
      throw error;
    } finally {
      console.log = log;
    }
  }

  /** The message with which something fails, or `undefined` when it does not. */
  async failure(what: Promise<unknown>): Promise<string | undefined> {
    return what.then(
      () => undefined,
      (error: Error) => error.message,
    );
  }
}
