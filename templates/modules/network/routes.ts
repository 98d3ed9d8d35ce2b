import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { EIP, NatGateway, Route, RouteTable, SubnetRouteTableAssociation } from '../../../src/cfn/generated/ec2';
import { nameTag } from './name-tag';

/** How a tier reaches the internet. `gateway`: both ways through the internet gateway; `nat`: outwards through NAT; `none`: not at all. */
export type WayOut = 'gateway' | 'nat' | 'none';

export type VpcHandle = Handle<'AWS::EC2::VPC', string>;
export type SubnetHandle = Handle<'AWS::EC2::Subnet', string>;
type RouteTableHandle = Handle<'AWS::EC2::RouteTable', string>;

/** The subnets of a VPC and their ways out. */
export interface RoutesSettings {
  readonly vpc: VpcHandle;
  readonly gateway: Handle<'AWS::EC2::InternetGateway', string>;
  /** Routes and addresses need the gateway attached, and no reference says so. */
  readonly attachment: Handle;
  readonly publicSubnets: readonly SubnetHandle[];
  readonly natGateways: 'zone' | 'single';
  readonly tiers: readonly { readonly name: string; readonly internet: WayOut; readonly subnets: readonly SubnetHandle[] }[];
}

const everywhere = '0.0.0.0/0';

/**
 * NAT gateways and route tables: one table for the public tier, one a NAT gateway for the tiers behind it, and one without a
 * default route for the isolated ones.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
 */
export function routes(t: TemplateBuilder<Parameters, unknown>, settings: RoutesSettings): { routeTables: readonly RouteTableHandle[]; natAddresses: readonly Handle<'AWS::EC2::EIP', string>[] } {
  const { vpc, gateway, attachment, publicSubnets, natGateways, tiers } = settings;
  const table = (id: string, name: string): RouteTableHandle => t.add(id, new RouteTable({ VpcId: vpc.ref(), ...nameTag(t.resourceName(name)) }));

  const open = table('PublicRoutes', 'public');
  t.add('PublicDefaultRoute', new Route({ RouteTableId: open.ref(), DestinationCidrBlock: everywhere, GatewayId: gateway.ref() }), { after: [attachment] });

  const nats = publicSubnets.slice(0, natGateways === 'zone' ? publicSubnets.length : 1).map((subnet, index) => {
    const name = nameTag(t.resourceName(`nat-${index + 1}`));
    const address = t.add(`NatAddress${index + 1}`, new EIP({ Domain: 'vpc', ...name }), { after: [attachment] });
    const nat = t.add(`NatGateway${index + 1}`, new NatGateway({ SubnetId: subnet.ref(), AllocationId: address.att('AllocationId'), ...name }));
    const behind = table(`PrivateRoutes${index + 1}`, `private-${index + 1}`);
    t.add(`PrivateDefaultRoute${index + 1}`, new Route({ RouteTableId: behind.ref(), DestinationCidrBlock: everywhere, NatGatewayId: nat.ref() }));
    return { address, behind };
  });

  const tables: Readonly<Record<WayOut, readonly RouteTableHandle[]>> = { gateway: [open], nat: nats.map(({ behind }) => behind), none: [table('IsolatedRoutes', 'isolated')] };
  for (const { name, internet, subnets } of tiers) {
    for (const [zone, subnet] of subnets.entries()) {
      const own = tables[internet][zone % tables[internet].length];
      if (own) t.add(`${name}SubnetRoutes${zone + 1}`, new SubnetRouteTableAssociation({ SubnetId: subnet.ref(), RouteTableId: own.ref() }));
    }
  }
  return { routeTables: Object.values(tables).flat(), natAddresses: nats.map(({ address }) => address) };
}
