import { connector, type Connection, type ConnectionState } from './connection';
import type { Network } from './network';
import { isInside, mayConnect, type Place } from './place';
import { intersection, rangesOf, type Range, type Ranges } from './ranges';

/** Ports of one place that another can reach. */
export interface OpenPath {
  readonly from: string;
  readonly to: string;
  readonly ports: Ranges;
  /** Those of the ports on which the target answers; of places outside it is not known. */
  readonly listens: Ranges;
  readonly state: Exclude<ConnectionState, 'blocked'>;
  /** For a path that is open in part: the subnets or addresses between which it is. */
  readonly only?: string;
}

const lastPort = 65_535;

/**
 * Every path that is not blocked, from each place that connects to each that answers, itself among them, over all 65,535 ports. What is not
 * listed is blocked.
 */
export function openPaths(network: Network, places: readonly Place[]): readonly OpenPath[] {
  const starts = portStarts(network);
  return places.flatMap((source) => places.filter((target) => mayConnect(source, target)).flatMap((target) => pathsBetween(network, source, target, starts)));
}

function pathsBetween(network: Network, source: Place, target: Place, starts: readonly number[]): readonly OpenPath[] {
  const connect = connector(network, source, target);
  const found = new Map<string, { readonly path: Pick<OpenPath, 'state' | 'only'>; readonly parts: Range[] }>();
  for (const [index, start] of starts.entries()) {
    const path = describe(connect(start));
    if (!path) continue;
    const key = `${path.state} ${path.only ?? ''}`;
    const same = found.get(key) ?? { path, parts: [] };
    same.parts.push([start, (starts[index + 1] ?? lastPort + 1) - 1]);
    found.set(key, same);
  }
  const listening: Ranges = isInside(target) ? rangesOf(...target.listens.map((port): Range => [port, port])) : [[1, lastPort]];
  return [...found.values()].map(({ path, parts }) => {
    const ports = rangesOf(...parts);
    return { from: source.name, to: target.name, ports, listens: intersection(ports, listening), ...path };
  });
}

function describe({ state, outcomes }: Connection): Pick<OpenPath, 'state' | 'only'> | undefined {
  if (state === 'blocked') return undefined;
  if (state !== 'partly') return { state };
  const parts = outcomes.filter((outcome) => outcome.state === 'open' || outcome.state === 'partly');
  const whole = parts.length === outcomes.length;
  return { state, only: [...new Set(parts.map(({ between, only }) => (whole && only !== undefined ? only : [between, ...(only === undefined ? [] : [only])].join(' '))))].join('; ') };
}

/** The first port of each part of the ports that all rules of the region treat alike. */
function portStarts({ groups, subnets }: Network): readonly number[] {
  const ofGroups = [...groups.values()].flatMap(({ rules }) => [...rules.ingress, ...rules.egress]);
  const ofAcls = [...new Set([...subnets.values()].map(({ acl }) => acl))].flatMap((acl) => (acl ? [...acl.entries.inbound, ...acl.entries.outbound] : []));
  const edges = [...ofGroups, ...ofAcls].flatMap(({ ports = [] }) => ports.flatMap(([first, last]) => [first, last + 1]));
  return [...new Set([1, ...edges])].filter((port) => port <= lastPort).sort((a, b) => a - b);
}
