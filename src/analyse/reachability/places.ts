import { insidePlaces, kebab } from './inside-places';
import { serviceName } from './interfaces';
import type { Network } from './network';
import type { GatewayPlace, LinkPlace, OutsidePlace, Place } from './place';
import type { RegionResources } from './region-resources';

/** Anybody with an address that is on no list. */
const internet: OutsidePlace = { kind: 'internet', name: 'internet' };

/** Every place of a region: who is outside, then what stands inside, then what is behind gateway endpoints. */
export function placesOf(region: RegionResources, network: Network): readonly Place[] {
  const inside = insidePlaces(region, network);
  return inside.length === 0 ? [] : [internet, ...listsOf(network), ...linksOf(region), ...inside, ...gatewaysOf(region)];
}

/** The prefix lists from whose addresses security groups let somebody in, and the two that people ask for. */
function listsOf(network: Network): readonly OutsidePlace[] {
  const named = [...network.groups.values()].flatMap(({ rules }) => rules.ingress.flatMap(({ peer }) => (peer.kind === 'prefix-list' ? [peer.list.name] : [])));
  return [...new Set(['cloudfront', 'health-checkers', ...named])].map((name) => ({ kind: 'prefix list', name }));
}

/** VPC links of REST APIs; those of HTTP APIs have interfaces and stand inside. */
function linksOf(region: RegionResources): readonly LinkPlace[] {
  return region
    .ofType('AWS::ApiGateway::VpcLink')
    .map((resource) => ({ kind: 'private link', name: kebab(resource.logicalId), resource, balancers: region.allNamed('AWS::ElasticLoadBalancingV2::LoadBalancer', resource.properties['TargetArns']) }));
}

function gatewaysOf(region: RegionResources): readonly GatewayPlace[] {
  return region
    .ofType('AWS::EC2::VPCEndpoint')
    .filter(({ properties }) => (properties['VpcEndpointType'] ?? 'Gateway') === 'Gateway')
    .map((resource) => ({ kind: 'gateway endpoint', name: serviceName(resource.properties['ServiceName']) ?? resource.logicalId, resource }));
}
