import { branchesBetween, type Branch } from './branch';
import { addressText } from './addresses';
import type { Network } from './network';
import type { Place } from './place';
import { isSame, type Ranges } from './ranges';
import { walk, type Hop, type StepState } from './step';

/** `partly`: open from or to some subnets or addresses only. */
export type ConnectionState = StepState | 'partly';

/** What became of a connection on one of its ways. */
export interface Outcome {
  /** `FrontendSubnet1 → BackendSubnet2`. */
  readonly between: string;
  readonly state: ConnectionState;
  /** The last one blocks, where the state says so. */
  readonly hops: readonly Hop[];
  /** The addresses between which it is open, where those are not all of the two ends. */
  readonly only?: string;
}

/** Whether one place can open a TCP connection to another. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly state: ConnectionState;
  readonly outcomes: readonly Outcome[];
}

/** Answers for any port whether a place can connect to another. */
export function connector(network: Network, source: Place, target: Place): (port: number) => Connection {
  const branches = branchesBetween(network, source, target);
  return (port) => {
    const outcomes = branches.map((branch) => outcomeOf(branch, port));
    return { from: source.name, to: target.name, port, state: together(outcomes.map(({ state }) => state)), outcomes };
  };
}

function outcomeOf({ between, start, whole = start, steps }: Branch, port: number): Outcome {
  const { state, hops, flow } = walk(steps, { port, ...start });
  if (state !== 'open') return { between, state, hops };
  const lessThan = (all: Branch['start']): readonly Ranges[] => [...(isSame(flow.from, all.from) ? [] : [flow.from]), ...(isSame(flow.to, all.to) ? [] : [flow.to])];
  const only = lessThan(whole).map(addressText).join(' → ');
  return { between, state: lessThan(start).length > 0 ? 'partly' : 'open', hops, ...(only !== '' && { only }) };
}

function together(states: readonly ConnectionState[]): ConnectionState {
  const [first = 'blocked', ...others] = new Set(states);
  if (others.length === 0) return first;
  return states.includes('open') || states.includes('partly') ? 'partly' : 'unknown';
}
