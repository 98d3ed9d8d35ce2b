import { Aws, Fn, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { InternetGateway, Subnet, VPC, VPCGatewayAttachment } from '../../../src/cfn/generated/ec2';
import { cutSubnets, cutTiers } from './cidr';
import { nameTag } from './name-tag';
import type { NatOfVpc } from './nat';
import { natInstances } from './nat-instance';
import { natInstanceGroups } from './nat-instance-groups';
import { routes, type SubnetHandle, type VpcHandle, type WayOut } from './routes';

/** A tier of subnets, one in each zone, and how it reaches the internet. */
export interface Tier<TierName extends string = string> {
  /** PascalCase, for example `Frontend`: the subnets are `FrontendSubnet1` and so on. */
  readonly name: TierName;
  /** Prefix length of each subnet. */
  readonly prefix: number;
  readonly internet: WayOut;
}

/** A VPC and its tiers. */
export interface VpcSettings<TierName extends string> {
  /** A /16 for each region that the template is rolled to. */
  readonly cidrs: Readonly<Record<string, string>>;
  readonly zones: 2 | 3;
  /** The first is the public one: it holds the NAT gateways or instances. */
  readonly tiers: readonly [Tier<TierName>, ...Tier<TierName>[]];
  readonly nat: NatOfVpc;
  /** Cuts a region's /16 into the subnets of its tiers, one a zone. @default `cutSubnets`; another for a plan that somebody has drawn already */
  readonly cut?: (range: string, zones: number) => Readonly<Record<string, readonly string[]>>;
}

/** What `vpc` built. */
export interface Network<TierName extends string> {
  readonly vpc: VpcHandle;
  readonly cidr: IntrinsicFunction;
  readonly subnets: Readonly<Record<TierName, readonly SubnetHandle[]>>;
  /** The range of each subnet, by tier and zone. */
  readonly ranges: Readonly<Record<TierName, readonly IntrinsicFunction[]>>;
  readonly routeTables: readonly Handle<'AWS::EC2::RouteTable', string>[];
  /** The addresses from which tiers behind NAT are seen outside. */
  readonly natAddresses: readonly Handle<'AWS::EC2::EIP', string>[];
}

/**
 * A VPC cut into tiers over two or three zones, with an internet gateway, NAT gateways or instances, and a route table for each way out.
 * @throws MeridianError when a range is no /16, or the tiers do not fit or overlap
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html
 */
export function vpc<TierName extends string>(t: TemplateBuilder<Parameters, unknown>, settings: VpcSettings<TierName>): Network<TierName> {
  const cidr = t.byRegion('Ranges', 'Vpc', settings.cidrs);
  const own = t.add('Vpc', new VPC({ CidrBlock: cidr, EnableDnsHostnames: true, EnableDnsSupport: true, ...nameTag(t.resourceName('vpc')) }));
  const gateway = t.add('InternetGateway', new InternetGateway(nameTag(t.resourceName('internet-gateway'))));
  const attachment = t.add('InternetGatewayAttachment', new VPCGatewayAttachment({ VpcId: own.ref(), InternetGatewayId: gateway.ref() }));
  const ranges = rangesOf(t, settings);
  const subnets = byTier(settings.tiers, ({ name }) => ranges[name].map((range, zone) => subnet(t, own, name, zone, range)));
  const { nat, tiers } = settings;
  const publicSubnets = subnets[tiers[0].name];
  const clients = tiers.filter(({ internet }) => internet === 'nat').flatMap(({ name }) => ranges[name]);
  const groups = nat.mode === 'instance' ? natInstanceGroups(t, { vpc: own, clients }) : undefined;
  const { routeTables, natAddresses, natInterfaces, wayOut } = routes(t, {
    vpc: own,
    gateway,
    attachment,
    publicSubnets,
    nat,
    natGroup: groups?.forwarding,
    tiers: tiers.map(({ name, internet }) => ({ name, internet, subnets: subnets[name] })),
  });
  if (nat.mode === 'instance' && groups) natInstances(t, { ...nat, groups, clients, subnets: publicSubnets, networkInterfaces: natInterfaces, wayOut });
  return { vpc: own, cidr, subnets, ranges, routeTables, natAddresses };
}

function byTier<TierName extends string, Made>(tiers: readonly Tier<TierName>[], make: (tier: Tier<TierName>) => Made): Record<TierName, Made> {
  return Object.fromEntries(tiers.map((tier) => [tier.name, make(tier)])) as Record<TierName, Made>;
}

/** Each subnet's range, looked up by region: one template serves them all. */
function rangesOf<TierName extends string>(t: TemplateBuilder<Parameters, unknown>, { cidrs, zones, tiers, cut: cutBy }: VpcSettings<TierName>): Record<TierName, readonly IntrinsicFunction[]> {
  const cuts = Object.entries(cidrs).map(([region, range]) => [region, cutBy?.(range, zones) ?? cutSubnets(range, tiers, zones)] as const);
  return byTier(tiers, ({ name }) =>
    Array.from({ length: zones }, (_, zone) => t.byRegion('Ranges', `${name}${zone + 1}`, Object.fromEntries(cuts.map(([region, cut]) => [region, cut[name]?.[zone] ?? ''])))),
  );
}

/**
 * One range that holds the subnets of a tier and those reserved for further zones: what a network ACL names instead of each subnet,
 * because an ACL may have only twenty rules a direction.
 */
export function tierRange<TierName extends string>(t: TemplateBuilder<Parameters, unknown>, name: TierName, { cidrs, tiers }: Pick<VpcSettings<TierName>, 'cidrs' | 'tiers'>): IntrinsicFunction {
  return t.byRegion('Ranges', name, Object.fromEntries(Object.entries(cidrs).map(([region, range]) => [region, cutTiers(range, tiers)[name] ?? ''])));
}

function subnet(t: TemplateBuilder<Parameters, unknown>, own: VpcHandle, tier: string, zone: number, range: IntrinsicFunction): SubnetHandle {
  return t.add(
    `${tier}Subnet${zone + 1}`,
    new Subnet({
      VpcId: own.ref(),
      CidrBlock: range,
      AvailabilityZone: Fn.Select(zone, Fn.GetAZs(Aws.region)),
      MapPublicIpOnLaunch: false,
      ...nameTag(t.resourceName(`${tier.toLowerCase()}-${zone + 1}`)),
    }),
  );
}
