import type { PlacedResource } from '../system-index';
import { addressText } from './addresses';
import type { Network, Subnet } from './network';
import { intersection, union, type Ranges } from './ranges';
import { waysTo, type Route, type RouteTarget, type Way } from './route-table';
import { always, narrowed, type Side, type Step } from './step';

const tableOf = ({ resource, table }: Subnet): string => `route table ${table?.resource.logicalId ?? `by default of ${resource.logicalId}`}`;

/** The route that packets from a subnet take, where it leads somewhere that is followed. */
export function wayStep(subnet: Subnet, { route, destinations }: Way): Step {
  const who = tableOf(subnet);
  const to = addressText(destinations);
  if (!route) return always('blocked', { who, says: `has no route to ${to}`, rules: [], needed: `a route of ${subnet.table?.resource.logicalId ?? `the table of ${subnet.resource.logicalId}`} to ${to}` });
  if (route.target.kind === 'other') return always('unknown', { who, says: `sends ${to} by ${route.text} to a target that is not followed (${route.target.text})`, rules: rulesOf(route) });
  return always('open', { who, says: `sends ${to} by ${route.text} to ${targetText(route.target)}`, rules: rulesOf(route) });
}

/** The route that packets from a subnet take to one end of the flow, such as answers; only those that go by a target of the right kind arrive. */
export function wayToStep(subnet: Subnet, to: Side, kind: RouteTarget['kind']): Step {
  return (flow) => {
    const ways = waysTo(subnet.table, subnet.local, flow[to]).filter(({ route }) => route?.target.kind === kind);
    const passed: Ranges = intersection(flow[to], union(...ways.map(({ destinations }) => destinations)));
    const who = tableOf(subnet);
    const where = addressText(flow[to]);
    const blocked = { who, says: `has no route to ${where}${kind === 'local' ? '' : ` by an ${kind.replace('-', ' ')}`}`, rules: [], needed: `a route of ${subnet.table?.resource.logicalId ?? `the table of ${subnet.resource.logicalId}`} to ${where}` };
    return narrowed(flow, to, passed, passed, {
      open: () => ({ who, says: `sends ${where} by ${[...new Set(ways.map(({ route }) => route?.text))].join(', ')}`, rules: [...new Set(ways.flatMap(({ route }) => route?.location ?? []))] }),
      unknown: () => blocked,
      blocked: () => blocked,
    });
  };
}

/** Whether the VPC of a subnet has an internet gateway attached, or the one that is named. */
export function attachmentStep(network: Network, { vpc }: Subnet, gateway?: PlacedResource): Step {
  const attached = network.attached.get(vpc) ?? [];
  const who = `VPC ${vpc.logicalId}`;
  return attached.length > 0 && (gateway === undefined || attached.includes(gateway))
    ? always('open', { who, says: `has ${attached.map(({ logicalId }) => logicalId).join(', ')} attached`, rules: [] })
    : always('blocked', { who, says: `has no ${gateway?.logicalId ?? 'internet gateway'} attached`, rules: [], needed: `an AWS::EC2::VPCGatewayAttachment of ${vpc.logicalId}` });
}

/** The VPC's own route stands in no template. */
function rulesOf({ location }: Route): readonly string[] {
  return location === undefined ? [] : [location];
}

function targetText(target: RouteTarget): string {
  if (target.kind === 'local') return 'the VPC';
  return target.kind === 'other' ? target.text : target.resource.logicalId;
}
