import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { VpcLink } from '../../../src/cfn/generated/apigateway';

/** A way from API Gateway to a Network Load Balancer. */
export interface NetworkVpcLinkSettings {
  readonly name: Name;
  readonly description: string;
  /** A Network Load Balancer of this account and region. */
  readonly loadBalancerArn: IntrinsicFunction;
}

export type NetworkVpcLinkHandle = Handle<'AWS::ApiGateway::VpcLink', 'VpcLinkId'>;

/**
 * A VPC link of the first version: an endpoint service of the load balancer that API Gateway alone uses. It leads to one load balancer,
 * and never to another: with another load balancer it is another link. It can't be deleted while a deployed method goes through it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/vpc-links-v1.html
 */
export function networkVpcLink(t: TemplateBuilder<Parameters, unknown>, id: string, { name, description, loadBalancerArn }: NetworkVpcLinkSettings): NetworkVpcLinkHandle {
  return t.add(id, new VpcLink({ Name: name, Description: description, TargetArns: [loadBalancerArn] }));
}
