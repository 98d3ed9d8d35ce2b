import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';

/** Ids of the prefix lists with the addresses of S3 and DynamoDB, which AWS keeps up to date. They never change. */
const prefixLists: Readonly<Record<'S3' | 'DynamoDb', Readonly<Record<string, string>>>> = {
  S3: { 'us-east-1': 'pl-63a5400a', 'ap-southeast-1': 'pl-6fa54006' },
  DynamoDb: { 'us-east-1': 'pl-02cd2c6b', 'ap-southeast-1': 'pl-67a5400e' },
};

/**
 * The prefix list of a service that has a gateway endpoint: what a security group names to let its members reach that service and nothing
 * else outside their VPC.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html#gateway-endpoint-security
 */
export const gatewayPrefixList = (t: TemplateBuilder<Parameters, unknown>, service: 'S3' | 'DynamoDb'): IntrinsicFunction => t.byRegion('GatewayPrefixLists', service, prefixLists[service]);
