import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { VpcLink } from '../../../src/cfn/generated/apigatewayv2';

/** A way from API Gateway into a VPC. */
export interface VpcLinkSettings {
  readonly name: Name;
  /** Subnets of the load balancer that it leads to, as a list. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
}

export type VpcLinkHandle = Handle<'AWS::ApiGatewayV2::VpcLink', 'VpcLinkId'>;

/**
 * A VPC link of the second version, which leads to an Application Load Balancer without a Network Load Balancer in between. Its subnets
 * and groups can't be changed, only the whole link. After 60 days without a request API Gateway takes its network interfaces away,
 * and needs minutes to make new ones for the next request.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export function vpcLink(t: TemplateBuilder<Parameters, unknown>, id: string, { name, subnetIds, securityGroupId }: VpcLinkSettings): VpcLinkHandle {
  return t.add(id, new VpcLink({ Name: name, SubnetIds: subnetIds, SecurityGroupIds: [securityGroupId] }));
}
