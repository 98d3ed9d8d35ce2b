import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { EIP, EIPAssociation, NetworkInterface } from '../../../src/cfn/generated/ec2';
import { nameTag } from './name-tag';
import type { Translator, TranslatorPlace } from './nat-gateway';
import type { SecurityGroupHandle } from './security-group';

export type NetworkInterfaceHandle = Handle<'AWS::EC2::NetworkInterface', string>;

/**
 * What stays of a zone's NAT while its instances come and go: the network interface that the private route leads to, with the
 * address from which the zone is seen outside. It forwards packets that are not its own, so their check is off. The address is another than
 * a NAT gateway's of the same zone would be: a gateway is made before the interface lets go of its own, and cannot have one that is in use.
 * @param zone 1 and up
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck
 */
export function natInterface(
  t: TemplateBuilder<Parameters, unknown>,
  zone: number,
  { subnet, attachment, group }: TranslatorPlace & { readonly group?: SecurityGroupHandle },
): Translator & { readonly networkInterface: NetworkInterfaceHandle } {
  const name = t.resourceName(`nat-${zone}`);
  const networkInterface = t.add(
    `NatInterface${zone}`,
    new NetworkInterface({ Description: `NAT of zone ${zone}`, SubnetId: subnet.ref(), SourceDestCheck: false, ...(group ? { GroupSet: [group.att('GroupId')] } : {}), ...nameTag(name) }),
  );
  const address = t.add(`NatInterfaceAddress${zone}`, new EIP({ Domain: 'vpc', ...nameTag(name) }), { after: [attachment] });
  t.add(`NatInterfaceAssociation${zone}`, new EIPAssociation({ AllocationId: address.att('AllocationId'), NetworkInterfaceId: networkInterface.ref() }));
  return { address, networkInterface, target: { NetworkInterfaceId: networkInterface.ref() } };
}
