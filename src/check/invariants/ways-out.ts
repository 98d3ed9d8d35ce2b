import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/**
 * Tasks pull their image and call AWS and partners: through a NAT gateway, a transit gateway or whatever the default route leads to.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html
 */
export const waysOut: Invariant = {
  id: 'subnets_have_the_way_out_that_they_need',
  title: 'The route table of every subnet in which a service, a public load balancer or a NAT gateway stands has a default route',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2', 'MAS TRM 2021 8.1'],
  requirements: ['KSH-12'],
  fix: "Give the tier `internet: 'nat'` in vpc(), or `'direct'` for public subnets",
  ofCatalogue: true,
  judge: (environment) => {
    const needed = [
      ...environment.of('AWS::ECS::Service').map((service) => service.at('NetworkConfiguration.AwsvpcConfiguration.Subnets')),
      ...environment.of('AWS::ElasticLoadBalancingV2::LoadBalancer').filter((each) => each.at('Scheme') === 'internet-facing').map((each) => each.at('Subnets')),
      ...environment.of('AWS::EC2::NatGateway').map((gateway) => gateway.at('SubnetId')),
    ];
    const subnets = new Set(needed.flatMap((value) => environment.targets(value)).filter(({ type }) => type === 'AWS::EC2::Subnet'));
    return judgeEach([...subnets], (subnet) => {
      const table = tableOf(environment, subnet);
      if (!table || environment.of('AWS::EC2::Route').some((route) => leadsOut(environment, route, table))) return [];
      return [{ resource: table, what: `What stands in ${subnet.logicalId} has no way out: nothing there reaches AWS, or is reached`, now: 'no Route to 0.0.0.0/0' }];
    });
  },
};

function tableOf(environment: EnvironmentResources, subnet: PlacedResource): PlacedResource | undefined {
  const own = environment.of('AWS::EC2::SubnetRouteTableAssociation').find((each) => environment.target(each.at('SubnetId')) === subnet);
  return environment.target(own?.at('RouteTableId'));
}

function leadsOut(environment: EnvironmentResources, route: PlacedResource, table: PlacedResource): boolean {
  const destination = route.at('DestinationCidrBlock');
  const named = environment.target(route.at('RouteTableId'));
  return (named === table || named === undefined) && (destination === '0.0.0.0/0' || typeof destination === 'object' || route.at('DestinationPrefixListId') !== undefined);
}
