import { network } from '../../templates/systems/customer-portal/network';
import { plain } from '../templates/plain';
import { ofType, resolved } from '../templates/customer-portal/built';

interface Encoded {
  readonly 'Fn::Base64': readonly [{ readonly 'Fn::Join': readonly [delimiter: string, parts: readonly string[]] }];
}

/** The user data of the first zone's NAT instance as EC2 hands it out, with the logical id of the network interface in place of its id. */
export function natUserData(): string {
  const template = ofType(resolved(network), 'AWS::EC2::LaunchTemplate')['NatTemplate1'];
  const [{ 'Fn::Join': joined }] = (plain(template.LaunchTemplateData.UserData) as Encoded)['Fn::Base64'];
  const [delimiter, parts] = joined;
  return parts.join(delimiter);
}
