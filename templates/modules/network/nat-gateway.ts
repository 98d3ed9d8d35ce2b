import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { EIP, NatGateway, type RouteProperties } from '../../../src/cfn/generated/ec2';
import { nameTag } from './name-tag';

/** What translates addresses for a zone: the one that it translates to, and where the zone's default route leads. */
export interface Translator {
  readonly address: Handle<'AWS::EC2::EIP', string>;
  readonly target: Pick<RouteProperties, 'NatGatewayId' | 'NetworkInterfaceId'>;
}

/** Where a translator stands. */
export interface TranslatorPlace {
  /** A public subnet. */
  readonly subnet: Handle<'AWS::EC2::Subnet', string>;
  /** Of the internet gateway: an address needs it, and no reference says so. */
  readonly attachment: Handle;
}

/**
 * A NAT gateway and its address.
 * @param zone 1 and up
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
export function natGateway(t: TemplateBuilder<Parameters, unknown>, zone: number, { subnet, attachment }: TranslatorPlace): Translator {
  const name = nameTag(t.resourceName(`nat-${zone}`));
  const address = t.add(`NatAddress${zone}`, new EIP({ Domain: 'vpc', ...name }), { after: [attachment] });
  const nat = t.add(`NatGateway${zone}`, new NatGateway({ SubnetId: subnet.ref(), AllocationId: address.att('AllocationId'), ...name }));
  return { address, target: { NatGatewayId: nat.ref() } };
}
