import type { Value } from '../../resolve';
import { rangesOf, type Ranges } from './ranges';

/** Every TCP port that a client can name. */
export const everyPort: Ranges = [[1, 65_535]];

/**
 * The ports from which clients connect, and to which answers go: a network ACL must let them back. Load balancers, NAT gateways and
 * functions draw from all of 1024 to 65535. The remote-desktop port is left out, because Control Tower's rules want it closed to the internet:
 * the one connection in 64,512 that draws it is tried again from another port.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
export const clientPorts: Ranges = rangesOf([1024, 3388], [3390, 65_535]);

/** The ports of an AWS rule: of TCP, of all protocols; none for other protocols, and undefined where they are not known. */
export function tcpPorts(protocol: Value | undefined, first: Value | undefined, last: Value | undefined): Ranges | undefined {
  if (protocol !== undefined && typeof protocol !== 'string' && typeof protocol !== 'number') return undefined;
  switch (String(protocol).toLowerCase()) {
    case '-1':
    case 'all':
      return everyPort;
    case '6':
    case 'tcp':
      return portsBetween(first, last);
    default:
      return [];
  }
}

function portsBetween(first: Value | undefined, last: Value | undefined): Ranges | undefined {
  const [from, to] = [first ?? 0, last ?? first ?? 65_535].map(Number);
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return from === -1 ? everyPort : rangesOf([Math.max(from, 1), to]);
}

/** Ports as text: `443`, `1024-3388, 3390-65535`. */
export function portText(ports: Ranges): string {
  return ports.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}
