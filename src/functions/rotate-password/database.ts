import type { Account } from './account';

/** What a rotation does with database servers of one kind. */
export interface Database {
  /** What people call them, for messages: "MySQL". */
  readonly title: string;
  /** Values of `engine` by which secrets name them, the usual one first. */
  readonly engines: readonly [string, ...string[]];
  /** The port of a secret that names none. */
  readonly port: number;
  /** Whether the account can sign in and read. */
  accepts(account: Account): Promise<boolean>;
  /** Signs in as the account and gives it another password. False, and nothing is changed, when it can't sign in. */
  changePassword(account: Account, password: string): Promise<boolean>;
}

/** The server in messages, as in "MySQL at db.example:3306". */
export function serverOf({ title }: Pick<Database, 'title'>, { host, port }: Account): string {
  return `${title} at ${host}:${port}`;
}
