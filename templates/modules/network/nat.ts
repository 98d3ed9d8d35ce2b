import type { IntrinsicFunction } from '../../../src/cfn';

/** How private subnets reach the internet. */
export type NatSettings =
  /** `zone`: a NAT gateway in each zone; `single`: one for the VPC, which loses egress with its zone but costs half or less. */
  | { readonly mode: 'gateway'; readonly count: 'zone' | 'single' }
  /** An instance of our own in each zone, replaced by its Auto Scaling group when it fails. Arm, for its price. */
  | { readonly mode: 'instance'; readonly instanceType: 't4g.nano' | 't4g.micro' | 't4g.small' | 't4g.medium' | 'c7gn.medium' };

/** No NAT: private subnets reach nothing outside the VPC but what gateway endpoints lead to. */
export interface NoNat {
  readonly mode: 'none';
}

/** NAT in a VPC. Instances are watched: gateways are AWS's to watch. */
export type NatOfVpc =
  | NoNat
  | Extract<NatSettings, { readonly mode: 'gateway' }>
  /** `topic` is told when a zone's instance fails or is missing. */
  | (Extract<NatSettings, { readonly mode: 'instance' }> & { readonly topic: IntrinsicFunction });

/** TCP ports to which NAT instances forward: HTTPS, which is all that services may open outside the VPC. */
export const forwardedPorts = [443] as const;
