import { Fn, type Value } from '../../../src/cfn';
import { natInstanceScript } from './nat-instance-script';

/** What a NAT instance's script has to know of its zone. */
export interface NatInstanceUserDataSettings {
  /** The network interface that the zone's routes lead to. */
  readonly networkInterfaceId: Value<string>;
  /** The ranges for which the instance forwards. */
  readonly clients: readonly Value<string>[];
  /** The TCP ports that it forwards to. */
  readonly ports: readonly number[];
  /** Logical id of the Auto Scaling group, which waits for the instance to say that it works. */
  readonly groupId: string;
}

/**
 * The user data of a NAT instance: what it has to know, and the script.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function natInstanceUserData({ networkInterfaceId, clients, ports, groupId }: NatInstanceUserDataSettings): Value<string> {
  return Fn.Base64(
    Fn.Join('\n', [
      '#!/bin/bash',
      Fn.Sub("NETWORK_INTERFACE_ID='${Id}'", { Id: networkInterfaceId }),
      Fn.Sub("CLIENTS='${Ranges}'", { Ranges: Fn.Join(', ', [...clients]) }),
      `PORTS='${ports.join(', ')}'`,
      Fn.Sub("REGION='${AWS::Region}'"),
      Fn.Sub("STACK_ID='${AWS::StackId}'"),
      `GROUP='${groupId}'`,
      natInstanceScript,
    ]),
  );
}
