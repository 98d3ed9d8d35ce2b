/** The current version of a secret of the form `{"value": …}`. */
export interface HeaderSecret {
  readonly value: string;
  /** Id of the version. */
  readonly version: string;
  readonly made: Date;
}

/** A listener rule, and the header values that it accepts. */
export interface Rule {
  readonly arn: string;
  readonly accepts: readonly string[];
}

/** Everything that a rotation depends on, as it is found. */
export interface Found {
  readonly distribution: {
    /** The values in the configuration, each once: one, unless somebody gave the origins different ones. */
    readonly sends: readonly string[];
    /** Whether every edge location has the configuration. Until then some may send what was sent before. */
    readonly isDeployed: boolean;
    /** Entity tag of the configuration. */
    readonly version: string;
    readonly changed: Date;
  };
  /** What CloudFormation makes CloudFront send. */
  readonly current: HeaderSecret;
  /** The value that was current before, where there was one. */
  readonly former?: string;
  /** What CloudFront is to send next, or the former value while it may still be sent. The rules accept it beside the current one. */
  readonly next: HeaderSecret;
  /** Whether the copies of both secrets in the other regions hold the same. */
  readonly isReplicated: boolean;
  readonly rules: readonly Rule[];
}

/**
 * What to do next.
 *
 * - `accept`: these rules are to accept these values, and no others;
 * - `send`: CloudFront is to send this value;
 * - `promote`: the next value becomes the current one;
 * - `keep`: the former value takes the place of the next one;
 * - `renew`: a new value takes that place;
 * - `await`: look again later;
 * - `rest`: nothing.
 *
 * A step that is `quiet` is taken only after what was found has stayed the same for some minutes: whoever read a value that it
 * ends has used it by then.
 */
export type Step =
  | { readonly do: 'accept'; readonly rules: readonly string[]; readonly values: readonly string[] }
  | { readonly do: 'send'; readonly value: string; readonly quiet: boolean }
  | { readonly do: 'promote' }
  | { readonly do: 'keep'; readonly value: string }
  | { readonly do: 'renew'; readonly quiet: true }
  | { readonly do: 'await'; readonly what: 'deployment' | 'replication' }
  | { readonly do: 'rest' };

/**
 * The one next step from what is found. Nothing else is remembered between two steps, so that a rotation that was killed goes on
 * from anywhere, and one that a rollout has overwritten is put right:
 *
 * 1. CloudFront sends the next value, which every rule accepts already;
 * 2. once every edge location does, the next value becomes the current one: a rollout then sets CloudFront to the value it sends;
 * 3. once every region has that copy, the former value is kept in the place of the next one: a rollout of the rules goes on
 *    accepting it, and gives a rule two different values;
 * 4. after minutes of quiet, in which nobody sent it, a new next value takes that place;
 * 5. the rules accept the current and the new next value, and no longer the former one.
 *
 * Whenever a rule lacks a value that CloudFront sends, or that it may be made to send, the rule gets it before anything else.
 *
 * @param isWanted whether a rotation is to begin when none is under way
 */
export function nextStep(found: Found, isWanted: boolean): Step {
  const { distribution, former, isReplicated, rules } = found;
  const [current, next] = [found.current.value, found.next.value];
  const sends = (value: string): boolean => distribution.sends.every((sent) => sent === value);
  const isSwitched = next !== current && next !== former && sends(next);
  const target = isSwitched ? next : current;
  const values = [target, distribution.sends.find((sent) => sent !== target) ?? [next, current, former].find((value) => value !== target)].filter((value) => value !== undefined);
  const refusing = rules.filter(({ accepts }) => !values.every((value) => accepts.includes(value)));

  if (refusing.length > 0) return accept(refusing, values);
  if (isReplicated && next === current && former !== undefined && former !== current) return { do: 'keep', value: former };
  if (!sends(target)) return { do: 'send', value: target, quiet: false };
  if (!isReplicated) return { do: 'await', what: 'replication' };
  if (!distribution.isDeployed) return { do: 'await', what: 'deployment' };
  if (isSwitched) return { do: 'promote' };
  if (next === current || next === former) return { do: 'renew', quiet: true };

  const outdated = rules.filter(({ accepts }) => accepts.length > values.length);
  if (outdated.length > 0) return accept(outdated, values);
  return isWanted ? { do: 'send', value: next, quiet: true } : { do: 'rest' };
}

function accept(rules: readonly Rule[], values: readonly string[]): Step {
  return { do: 'accept', rules: rules.map(({ arn }) => arn), values };
}
