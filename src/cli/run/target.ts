import { LocalAwsControl } from '../../local-aws';
import { MeridianError } from '../../errors';
import { openTarget, type Target, type TargetChoice } from '../../rollout';
import type { Context } from '../context';
import { openLocalAws, runningLocalAws, type LocalSession } from './local-aws';

/** The options that say where a command acts. */
export interface TargetOptions {
  readonly target: 'local' | 'aws';
  /** Twelve digits. */
  readonly account?: string;
  /** Seconds for which one operation is followed. @default as long as `TargetChoice` says */
  readonly timeLimit?: number;
}

/** An account that a command acts on, with the local AWS behind it when it is one. */
export interface TargetSession {
  readonly target: Target;
  readonly local?: LocalSession;
  /** Asks the local AWS what stands behind its resources; none with a real account. */
  readonly control?: LocalAwsControl;
}

/**
 * Opens an account that stands already, for as long as some work takes: a real one, or the local AWS that runs in the background.
 * @param identityRegion the region that is asked whose the credentials are. @default us-east-1
 * @throws MeridianError when the options don't fit together, no local AWS runs, or the credentials are of another account
 */
export async function withStandingTarget<T>(context: Context, options: TargetOptions, work: (session: TargetSession) => Promise<T>, identityRegion?: string): Promise<T> {
  if (options.target === 'aws') return withOpen({ kind: 'aws', account: requireAccount(options), timeLimit: options.timeLimit }, undefined, work, identityRegion);
  return withOpen({ kind: 'local', endpoint: await runningLocalAws(context), account: options.account, timeLimit: options.timeLimit }, undefined, work, identityRegion);
}

/** How a local AWS is started, and what can be done until it answers. */
export interface Opening<P> {
  /** Whether one that is started for the work goes on after it. */
  readonly keep: boolean;
  /** Makes ready what the work needs, while the local AWS starts. */
  readonly meanwhile: () => Promise<P>;
}

/**
 * Opens an account for as long as some work takes, and starts a local AWS for it when none runs. That ends with the work; one that is to
 * be kept ends only when something throws.
 * @throws MeridianError when the options don't fit together, the local AWS does not start, or the credentials are of another account
 */
export async function withTarget<P, T>(context: Context, options: TargetOptions, { keep, meanwhile }: Opening<P>, work: (session: TargetSession, prepared: P) => Promise<T>): Promise<T> {
  if (options.target === 'aws') {
    const prepared = await meanwhile();
    return withOpen({ kind: 'aws', account: requireAccount(options), timeLimit: options.timeLimit }, undefined, (session) => work(session, prepared));
  }
  const [local, prepared] = await Promise.allSettled([openLocalAws(context, keep), meanwhile()]);
  if (local.status === 'rejected') throw local.reason;
  try {
    if (prepared.status === 'rejected') throw prepared.reason;
    const result = await withOpen({ kind: 'local', endpoint: local.value.endpoint, account: options.account, timeLimit: options.timeLimit }, local.value, (session) => work(session, prepared.value));
    await local.value.close();
    return result;
  } catch (error) {
    await local.value.abandon();
    throw error;
  }
}

/**
 * Whether the options fit together, before anything is done.
 * @throws MeridianError (exit 2) for a real account that isn't named
 */
export function checkTarget(options: TargetOptions): void {
  if (options.target === 'aws') requireAccount(options);
}

async function withOpen<T>(choice: TargetChoice, local: LocalSession | undefined, work: (session: TargetSession) => Promise<T>, identityRegion?: string): Promise<T> {
  const target = await openTarget(choice, identityRegion);
  try {
    return await work({ target, local, ...(choice.kind === 'local' && { control: new LocalAwsControl(choice.endpoint) }) });
  } finally {
    target.close();
  }
}

function requireAccount({ account }: TargetOptions): string {
  if (account === undefined) throw new MeridianError('Option --target aws: no account is named. Give the account that you mean with --account <id>.', 2);
  return account;
}

/** A target in words: `account 123456789012`, or `the local AWS at http://127.0.0.1:4566`. */
export function describeTarget({ choice, account }: Target): string {
  return choice.kind === 'local' ? `the local AWS at ${choice.endpoint}` : `account ${account}`;
}
