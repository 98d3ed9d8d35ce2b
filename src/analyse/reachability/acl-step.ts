import { addressText } from './addresses';
import { judgeAcl, type AclDirection } from './network-acl';
import type { Subnet } from './network';
import { clientPorts, portText } from './ports';
import { narrowed, type Side, type Step } from './step';

/** Which packets of a connection an ACL is asked about. */
export interface AclQuestion {
  readonly direction: AclDirection;
  /** The end of the flow that lies outside of the subnet. */
  readonly remote: Side;
  /** Whether it is about answers, which go to the client's port. ACLs are stateless. @default false */
  readonly reply?: boolean;
}

/**
 * What a subnet's network ACL says of a connection or of the answers to it.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function aclStep({ resource, acl }: Subnet, { direction, remote, reply = false }: AclQuestion): Step {
  const who = `network ACL ${acl?.resource.logicalId ?? `by default of ${resource.logicalId}`}, ${direction}`;
  const [way, preposition] = direction === 'inbound' ? ['in', 'from'] : ['out', 'to'];
  return (flow) => {
    const ports = reply ? clientPorts : ([[flow.port, flow.port]] as const);
    const what = reply ? `answers (${portText(ports)})` : portText(ports);
    const where = `${preposition} ${addressText(flow[remote])}`;
    if (!acl) return { state: 'open', hop: { who, says: `lets ${what} ${way} ${where}`, rules: [] }, flow };
    const { passed, passedAtMost, by, denied } = judgeAcl(acl.entries[direction], flow[remote], ports);
    return narrowed(flow, remote, passed, passedAtMost, {
      open: () => ({ who, says: `lets ${what} ${way} ${where}`, rules: by.map(({ location }) => location) }),
      unknown: () => ({ who, says: `may let ${what} ${way} ${where}: an entry is known at deployment only`, rules: [] }),
      blocked: () => ({
        who,
        says: `does not let ${what} ${way} ${where}${denied ? `: entry ${denied.number} denies it` : ''}`,
        rules: denied ? [denied.location] : [],
        needed: `an ${direction} entry of ${acl.resource.logicalId} that allows tcp ${portText(ports)} ${where}${denied ? `, with a number below ${denied.number}` : ''}`,
      }),
    });
  };
}
