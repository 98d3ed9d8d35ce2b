import type { PlacedResource } from '../system-index';
import { addressText, publicAddresses } from './addresses';
import type { InsidePlace } from './place';
import { covers, intersection, union, type Ranges } from './ranges';
import type { Direction, GroupRule, SecurityGroup } from './security-group';
import { narrowed, type Side, type Step } from './step';

/** The other end of a connection, as a security group sees it. */
export interface Other {
  /** Its name in sentences. */
  readonly name: string;
  /** Its end of the flow. */
  readonly side: Side;
  /** Its security groups; rules name them only inside the VPC. */
  readonly groups: readonly PlacedResource[];
  /** Whether it has more of them, which are known at deployment only. @default false */
  readonly isVague?: boolean;
  /** The prefix list that stands for its addresses, which nobody knows one by one. */
  readonly list?: string;
}

/** Who has security groups. */
export interface Grouped {
  /** In sentences. */
  readonly name: string;
  readonly groups: readonly SecurityGroup[];
  /** Whether there are more, which are known at deployment only. */
  readonly isVague: boolean;
}

/** What rules let through. */
interface Passed {
  readonly passed: Ranges;
  readonly atMost: Ranges;
  readonly by: readonly GroupRule[];
}

/** What the security groups of a place say of a connection; no step for a place that has none to ask. */
export function groupSteps({ name, groups, isUnfiltered, isVague }: InsidePlace, direction: Direction, other: Other): readonly Step[] {
  return isUnfiltered ? [] : [groupStep({ name, groups, isVague: isVague.groups }, direction, other)];
}

/**
 * What security groups say of a connection. They are stateful: answers need no rule.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function groupStep({ name, groups, isVague }: Grouped, direction: Direction, other: Other): Step {
  const rules = groups.flatMap((group) => group.rules[direction]);
  const names = groups.map(({ resource }) => resource.logicalId).join(', ');
  const who = names === '' ? `the unknown security groups of ${name}` : `security group ${names} of ${name}`;
  const [way, preposition] = direction === 'ingress' ? ['in', 'from'] : ['out', 'to'];
  return (flow) => {
    const { passed, atMost, by } = judge(rules.filter(({ ports }) => ports === undefined || covers(ports, [[flow.port, flow.port]])), other, flow[other.side]);
    const sources = other.groups.length > 0 ? other.groups.map(({ logicalId }) => logicalId).join(' or ') : (other.list ?? addressText(flow[other.side]));
    return narrowed(flow, other.side, passed, isVague ? flow[other.side] : atMost, {
      open: () => ({ who, says: `lets ${flow.port} ${way} ${preposition} ${other.name}`, rules: by.map(({ location }) => location) }),
      unknown: () => ({ who, says: `may let ${flow.port} ${way} ${preposition} ${other.name}: ${isVague ? 'a group' : 'a rule'} is known at deployment only`, rules: rules.filter((rule) => rule.peer.kind === 'unknown' || rule.ports === undefined).map(({ location }) => location) }),
      blocked: () => ({ who, says: `does not let ${flow.port} ${way} ${preposition} ${other.name}`, rules: [], needed: `an ${direction} rule of ${names} for tcp ${flow.port} ${preposition} ${sources}` }),
    });
  };
}

function judge(rules: readonly GroupRule[], other: Other, addresses: Ranges): Passed {
  const each = rules.map((rule) => ({ rule, ...reach(rule, other, addresses) }));
  return {
    passed: union(...each.map(({ passed }) => passed)),
    atMost: union(...each.map(({ atMost }) => atMost)),
    by: each.filter(({ passed }) => passed.length > 0).map(({ rule }) => rule),
  };
}

function reach({ peer, ports }: GroupRule, other: Other, addresses: Ranges): Omit<Passed, 'by'> {
  const sure = (passed: Ranges): Omit<Passed, 'by'> => ({ passed: ports === undefined ? [] : passed, atMost: passed });
  switch (peer.kind) {
    case 'unknown':
      return { passed: [], atMost: addresses };
    case 'group':
      if (other.groups.includes(peer.group)) return sure(addresses);
      return { passed: [], atMost: other.isVague ? addresses : [] };
    case 'prefix-list':
      if (other.list === peer.list.name) return sure(addresses);
      return { passed: [], atMost: other.list !== undefined && peer.list.name.startsWith('pl-') ? addresses : [] };
    case 'addresses': {
      const common = intersection(peer.addresses, addresses);
      if (other.list === undefined || covers(peer.addresses, publicAddresses)) return sure(common);
      return { passed: [], atMost: common };
    }
  }
}
