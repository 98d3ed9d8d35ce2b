import type { ValueObject } from '../../resolve';
import { objectAt, type PlacedResource } from '../system-index';
import { addressesOf } from './addresses';
import { locationOf } from './location';
import { tcpPorts } from './ports';
import { difference, intersection, union, type Range, type Ranges } from './ranges';
import type { RegionResources } from './region-resources';

/** The way of a packet, seen from the subnet. */
export type AclDirection = 'inbound' | 'outbound';

/** One numbered entry of a network ACL, for TCP over IPv4. */
export interface AclEntry {
  readonly location: string;
  readonly number: number;
  readonly allows: boolean;
  /** Destination ports; undefined where they are known at deployment only, as with the addresses. */
  readonly ports: Ranges | undefined;
  readonly addresses: Ranges | undefined;
}

/** A network ACL: its entries in the order in which they are tried. What none of them takes is denied. */
export interface NetworkAcl {
  readonly resource: PlacedResource;
  readonly entries: Readonly<Record<AclDirection, readonly AclEntry[]>>;
}

/** The network ACLs of a region. */
export function networkAclsOf(region: RegionResources): readonly NetworkAcl[] {
  return region.ofType('AWS::EC2::NetworkAcl').map((resource) => {
    const all = region.naming('AWS::EC2::NetworkAclEntry', 'NetworkAclId', resource);
    const entries = (egress: boolean): readonly AclEntry[] =>
      all
        .filter(({ properties }) => (properties['Egress'] === true || properties['Egress'] === 'true') === egress)
        .flatMap((entry) => entryOf(entry.properties, locationOf(entry)))
        .sort((a, b) => a.number - b.number);
    return { resource, entries: { inbound: entries(false), outbound: entries(true) } };
  });
}

function entryOf(entry: ValueObject, location: string): readonly AclEntry[] {
  const { From, To } = objectAt(entry, 'PortRange');
  const ports = tcpPorts(entry['Protocol'], From, To);
  const block = entry['CidrBlock'];
  if (ports?.length === 0 || (block === undefined && entry['Ipv6CidrBlock'] !== undefined)) return [];
  return [{ location, number: Number(entry['RuleNumber']), allows: entry['RuleAction'] === 'allow', ports, addresses: typeof block === 'string' ? addressesOf(block) : undefined }];
}

/** What an ACL does with packets to some ports, from or to some addresses. */
export interface AclVerdict {
  /** The addresses for which every one of the ports is let through. */
  readonly passed: Ranges;
  /** The same with every entry that is known at deployment only in favour of the packets; they count against them above. */
  readonly passedAtMost: Ranges;
  /** The entries that let packets through. */
  readonly by: readonly AclEntry[];
  /** The entry that stops the others; undefined where none takes them. */
  readonly denied: AclEntry | undefined;
}

/**
 * Tries the entries of one direction from the lowest number up; the first that takes a packet decides.
 * @param remote the addresses at the other end, seen from the subnet
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function judgeAcl(entries: readonly AclEntry[], remote: Ranges, ports: Ranges): AclVerdict {
  const isSure = ({ ports: own, addresses }: AclEntry): boolean => own !== undefined && addresses !== undefined;
  const atLeast = judged(entries.filter((entry) => isSure(entry) || !entry.allows), remote, ports);
  const atMost = entries.every(isSure) ? atLeast : judged(entries.filter((entry) => isSure(entry) || entry.allows), remote, ports);
  return { ...atLeast, passedAtMost: atMost.passed };
}

function judged(entries: readonly AclEntry[], remote: Ranges, ports: Ranges): Omit<AclVerdict, 'passedAtMost'> {
  const by = new Set<AclEntry>();
  let passed = remote;
  let denied: AclEntry | undefined;
  for (const port of firstOfEach(entries, ports)) {
    let left = remote;
    let allowed: Ranges = [];
    for (const entry of entries) {
      const taken = takes(entry, port) ? intersection(left, entry.addresses ?? left) : [];
      if (taken.length === 0) continue;
      left = difference(left, taken);
      if (entry.allows) {
        allowed = union(allowed, taken);
        by.add(entry);
      } else denied ??= entry;
    }
    passed = intersection(passed, allowed);
  }
  return { passed, by: [...by], denied };
}

const takes = ({ ports }: AclEntry, port: number): boolean => ports === undefined || ports.some(([first, last]) => first <= port && port <= last);

/** A port for each part of the ports that all entries treat alike. */
function firstOfEach(entries: readonly AclEntry[], ports: Ranges): readonly number[] {
  const edges = entries.flatMap((entry) => (entry.ports ?? []).flatMap(([first, last]): number[] => [first, last + 1]));
  const inside = edges.filter((edge) => ports.some(([first, last]) => first < edge && edge <= last));
  return [...new Set([...ports.map(([first]: Range) => first), ...inside])];
}
