import { difference, type Ranges } from './ranges';

/** A connection on its way: to which port, and from and to which addresses it still can be. */
export interface Flow {
  readonly port: number;
  readonly from: Ranges;
  readonly to: Ranges;
}

/** Which end of a flow something looks at. */
export type Side = 'from' | 'to';

/** What a connection passes, or is stopped by. */
export interface Hop {
  /** Who decides: `security group FrontendSecurityGroup of frontend`, `network ACL BackendAcl, inbound`. */
  readonly who: string;
  /** What it says, as a clause: `lets 8080 in from frontend`. */
  readonly says: string;
  /** The rules that decide, as `foundation/network#FrontendAclIn1`; none where the lack of a rule does. */
  readonly rules: readonly string[];
  /** The rule that would open it, where this hop blocks. */
  readonly needed?: string;
}

/** `unknown`: what only deployment can tell decides. */
export type StepState = 'open' | 'blocked' | 'unknown';

/** What one step comes to. Where it is open, the flow goes on narrowed to what the rules let through. */
export interface StepResult {
  readonly state: StepState;
  readonly hop: Hop;
  readonly flow: Flow;
}

/** Something that a connection has to pass. */
export type Step = (flow: Flow) => StepResult;

/** How far a flow came. */
export interface Walk {
  readonly state: StepState;
  /** In the order of the way; the last one blocks, where the state says so. */
  readonly hops: readonly Hop[];
  /** What is left of the flow. */
  readonly flow: Flow;
}

/** Takes a flow through steps, up to the first that blocks it. A step that is unknown doesn't hide a later one that blocks. */
export function walk(steps: readonly Step[], start: Flow): Walk {
  const hops: Hop[] = [];
  let state: StepState = 'open';
  let flow = start;
  for (const step of steps) {
    const result = step(flow);
    hops.push(result.hop);
    flow = result.flow;
    if (result.state === 'blocked') return { state: 'blocked', hops, flow };
    if (result.state === 'unknown') state = 'unknown';
  }
  return { state, hops, flow };
}

/** A step that always comes to the same. */
export function always(state: StepState, hop: Hop): Step {
  return (flow) => ({ state, hop, flow });
}

/**
 * A step's result from the addresses that rules let through at one end.
 * @param passed  for sure
 * @param atMost  if everything that only deployment can tell were in favour
 */
export function narrowed(flow: Flow, side: Side, passed: Ranges, atMost: Ranges, hops: Readonly<Record<StepState, () => Hop>>): StepResult {
  if (passed.length > 0) return { state: 'open', hop: hops.open(), flow: { ...flow, [side]: passed } };
  if (difference(atMost, passed).length > 0) return { state: 'unknown', hop: hops.unknown(), flow };
  return { state: 'blocked', hop: hops.blocked(), flow };
}
