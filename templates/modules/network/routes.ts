import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Route, RouteTable, SubnetRouteTableAssociation } from '../../../src/cfn/generated/ec2';
import { nameTag } from './name-tag';
import type { NatSettings, NoNat } from './nat';
import { natGateway, type Translator } from './nat-gateway';
import { natInterface, type NetworkInterfaceHandle } from './nat-interface';
import type { SecurityGroupHandle } from './security-group';

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
  readonly nat: NatSettings | NoNat;
  /** The group of the interfaces of NAT instances; needed where there are such. */
  readonly natGroup?: SecurityGroupHandle;
  readonly tiers: readonly { readonly name: string; readonly internet: WayOut; readonly subnets: readonly SubnetHandle[] }[];
}

/** What `routes` built. */
export interface Routes {
  readonly routeTables: readonly RouteTableHandle[];
  /** The addresses from which tiers behind NAT are seen outside. */
  readonly natAddresses: readonly Handle<'AWS::EC2::EIP', string>[];
  /** One a zone, where instances translate. */
  readonly natInterfaces: readonly NetworkInterfaceHandle[];
  /** What must stand before anything in the public tier reaches the internet. */
  readonly wayOut: readonly Handle[];
}

const everywhere = '0.0.0.0/0';

/**
 * Route tables: one for the public tier, one a NAT gateway or NAT instance for the tiers behind it, and one without a default route
 * for the isolated ones. Without NAT each zone has the table of the tiers behind it all the same, for gateway endpoints, and no
 * default route in it: NAT that comes later adds routes and moves no subnet. The route to a NAT instance leads to a network interface that stays when the instance is replaced.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
 */
export function routes(t: TemplateBuilder<Parameters, unknown>, settings: RoutesSettings): Routes {
  const { vpc, gateway, attachment, publicSubnets, nat, natGroup, tiers } = settings;
  const table = (id: string, name: string): RouteTableHandle => t.add(id, new RouteTable({ VpcId: vpc.ref(), ...nameTag(t.resourceName(name)) }));

  const open = table('PublicRoutes', 'public');
  const out = t.add('PublicDefaultRoute', new Route({ RouteTableId: open.ref(), DestinationCidrBlock: everywhere, GatewayId: gateway.ref() }), { after: [attachment] });

  const isSingle = nat.mode === 'gateway' && nat.count === 'single';
  const zones = publicSubnets.slice(0, isSingle ? 1 : publicSubnets.length).map((subnet, index) => {
    const zone = index + 1;
    if (nat.mode === 'none') return { behind: table(`PrivateRoutes${zone}`, `private-${zone}`) };
    const translator: Translator & { readonly networkInterface?: NetworkInterfaceHandle } =
      nat.mode === 'gateway' ? natGateway(t, zone, { subnet, attachment }) : natInterface(t, zone, { subnet, attachment, group: natGroup });
    const behind = table(`PrivateRoutes${zone}`, `private-${zone}`);
    t.add(`PrivateDefaultRoute${zone}`, new Route({ RouteTableId: behind.ref(), DestinationCidrBlock: everywhere, ...translator.target }));
    return { translator, behind };
  });

  const tables: Readonly<Record<WayOut, readonly RouteTableHandle[]>> = { gateway: [open], nat: zones.map(({ behind }) => behind), none: [table('IsolatedRoutes', 'isolated')] };
  const wayOut: Handle[] = [out];
  for (const { name, internet, subnets } of tiers) {
    for (const [zone, subnet] of subnets.entries()) {
      const own = tables[internet][zone % tables[internet].length];
      if (!own) continue;
      const association = t.add(`${name}SubnetRoutes${zone + 1}`, new SubnetRouteTableAssociation({ SubnetId: subnet.ref(), RouteTableId: own.ref() }));
      if (internet === 'gateway') wayOut.push(association);
    }
  }
  return {
    routeTables: Object.values(tables).flat(),
    natAddresses: zones.flatMap(({ translator }) => translator?.address ?? []),
    natInterfaces: zones.flatMap(({ translator }) => translator?.networkInterface ?? []),
    wayOut,
  };
}
