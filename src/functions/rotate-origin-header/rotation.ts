import { createHash, randomBytes } from 'node:crypto';
import { nextStep, type Found, type Step } from './step';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Between two looks while CloudFront deploys or nothing may change, in milliseconds. A deployment takes minutes. */
const PAUSE = 20 * SECOND;

/** The same while secrets are copied, which takes seconds, and until a change is seen. */
const MOMENT = 2 * SECOND;

/** What an invocation keeps to take one step and to answer, in milliseconds. */
const MARGIN = 40 * SECOND;

/** After which an awaited thing is said to be stuck, in milliseconds: many times what CloudFront and Secrets Manager take. */
const STUCK = 60 * MINUTE;

/** What a rotation works on. Each call changes one thing at most. */
export interface Origin {
  find(): Promise<Found>;
  /** Makes CloudFront send a value. False, and nothing is changed, when the configuration is another version by now. */
  send(value: string, version: string): Promise<boolean>;
  /** Makes a listener rule accept these values and no others. */
  accept(rule: string, values: readonly string[]): Promise<void>;
  /** Stores a value as this version. False, and nothing is changed, when the version exists with another value. */
  store(secret: 'current' | 'next', value: string, version: string): Promise<boolean>;
}

/** The time that an invocation has. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Milliseconds until Lambda ends the invocation. */
  remaining(): number;
  pause(milliseconds: number): Promise<void>;
  /** Milliseconds for which nothing may change before a quiet step: longer than CloudFormation takes from reading a secret to using the value. */
  readonly quiet: number;
}

/** When a rotation begins. */
export interface Wish {
  /** Now, because somebody asked. One that is under way is finished instead. */
  readonly isAsked: boolean;
  /** Days after which a current value is to be replaced. */
  readonly days: number;
}

/** What an invocation came to. */
export interface Outcome {
  /** False when the rotation goes on in the next invocation. Every moment of it is safe for as long as one likes. */
  readonly isFinished: boolean;
  /** What was done, without any value. */
  readonly steps: readonly string[];
}

/**
 * Takes steps until nothing is left to do or the time is up. Two invocations at the same time do no harm: CloudFront takes a
 * configuration only in place of the version that was read, a version of a secret is stored once, and the rules come to what the
 * secrets say.
 *
 * @throws when something that is awaited does not come
 */
export async function rotate(origin: Origin, { isAsked, days }: Wish, clock: Clock): Promise<Outcome> {
  const steps: string[] = [];
  let wish = isAsked;
  let same = { mark: '', since: 0, isDone: false };
  for (;;) {
    const found = await origin.find();
    const isDue = clock.now() - found.current.made.getTime() >= days * 24 * 60 * MINUTE;
    const step = nextStep(found, wish || isDue);
    if (step.do === 'rest') return { isFinished: true, steps };

    const mark = markOf(found, step);
    if (mark !== same.mark) same = { mark, since: clock.now(), isDone: false };
    const unquiet = 'quiet' in step && step.quiet ? same.since + clock.quiet - clock.now() : 0;
    if (step.do === 'await' || unquiet > 0 || same.isDone) {
      if (step.do === 'await') checkProgress(found, step.what, clock.now());
      const pause = pauseBefore(step, unquiet);
      if (clock.remaining() < pause + MARGIN) return { isFinished: false, steps };
      await clock.pause(pause);
      continue;
    }
    if (clock.remaining() < MARGIN) return { isFinished: false, steps };
    steps.push(await take(step, found, origin));
    same = { ...same, isDone: true };
    if (step.do === 'promote' || step.do === 'keep' || step.do === 'renew') wish = false;
  }
}

function pauseBefore(step: Step, unquiet: number): number {
  if (step.do === 'await' && step.what === 'deployment') return PAUSE;
  return unquiet > 0 ? Math.min(unquiet, PAUSE) : MOMENT;
}

/** Does a step, and says what was done. */
async function take(step: Exclude<Step, { do: 'await' | 'rest' }>, { distribution, current, next }: Found, origin: Origin): Promise<string> {
  const unlessChanged = (isDone: boolean, done: string): string => (isDone ? done : 'something else made a change at the same time: looking again');
  switch (step.do) {
    case 'accept':
      for (const rule of step.rules) await origin.accept(rule, step.values);
      return `${step.rules.length} listener rules accept the values that belong to them now`;
    case 'send':
      return unlessChanged(await origin.send(step.value, distribution.version), `CloudFront is to send the ${step.value === next.value ? 'next' : 'current'} value`);
    case 'promote':
      return unlessChanged(await origin.store('current', next.value, next.version), 'the value that CloudFront sends is the current one');
    case 'keep':
      return unlessChanged(await origin.store('next', step.value, after(next.version, current.version)), 'the former value stays accepted for some minutes');
    case 'renew':
      // Hexadecimal, because load balancers compare without regard to case, and take `*` and `?` for any characters.
      return unlessChanged(await origin.store('next', randomBytes(32).toString('hex'), after(next.version, current.version)), 'there is a new next value');
  }
}

/** The id of the one version that may follow. */
const after = (...versions: readonly string[]): string => createHash('sha256').update(versions.join()).digest('hex');

/** What two looks must have in common for nothing to have changed between them. */
function markOf({ distribution, current, next, isReplicated, rules }: Found, step: Step): string {
  return JSON.stringify([step.do, distribution.version, distribution.isDeployed, current.version, next.version, isReplicated, rules]);
}

function checkProgress({ distribution, current, next }: Found, what: 'deployment' | 'replication', now: number): void {
  const since = what === 'deployment' ? distribution.changed.getTime() : Math.max(current.made.getTime(), next.made.getTime());
  if (now - since < STUCK) return;
  throw new Error(
    what === 'deployment'
      ? 'CloudFront: a change of the distribution is not deployed after an hour. Nothing is refused meanwhile. Look at AWS’s Health Dashboard; the rotation goes on by itself.'
      : 'Secrets Manager: the copies of the header’s secrets differ after an hour. Nothing is refused meanwhile. Look at their ReplicationStatus (aws secretsmanager describe-secret).',
  );
}
