import type { ParameterDefinition, TemplateBuilder } from '../../../src/cfn';
import type { Catalogue } from './catalogue';
import { calleeParameter } from './service-names';
import type { ServiceRow } from './service-row';
import type { LookcardSettings } from './settings';

const group = { Type: 'AWS::EC2::SecurityGroup::Id' } as const;
const text = { Type: 'String' } as const;

/** What every service's template may need; those that its row has no use for are not emitted. */
export const wiring = {
  Image: { ...text, Description: 'Container image of the service by digest' },
  TraceCollectorImage: { ...text, Description: 'Container image of the collector of traces by digest' },
  VpcId: { Type: 'AWS::EC2::VPC::Id' },
  PrivateSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
  ClusterName: text,
  NamespaceId: { ...text, Description: 'Cloud Map namespace in which services find each other' },
  ServiceGroupId: { ...group, Description: "The service's own security group" },
  ServicesGroupId: group,
  DatabaseClientsGroupId: group,
  CacheClientsGroupId: group,
  LoadBalancerSecurityGroupId: group,
  NetworkLoadBalancerSecurityGroupId: group,
  HttpsListenerArn: text,
  LoadBalancerFullName: text,
  NetworkLoadBalancerArn: text,
  NetworkLoadBalancerFullName: text,
  CertificateArn: text,
  ProxyEndpoint: { ...text, Description: 'Endpoint of RDS Proxy that reads and writes; in the secondary region it answers after promotion' },
  ProxyReaderEndpoint: text,
  ProxyResourceId: { ...text, Description: 'Resource id of the proxy, for IAM authentication' },
  CacheEndpoint: text,
  CacheSecretArn: text,
  DataKeyArn: text,
  SecondaryDataKeyArn: { ...text, Description: "Key of the tables' replicas in the secondary region" },
  SigningKeyArn: text,
  WrappingKeyArn: text,
  LiquidityKeyArn: text,
  AlarmTopicArn: text,
} as const satisfies Record<string, ParameterDefinition>;

/** A service's template while it is written: the groups of the services that it calls are parameters too, by their names. */
export type ServiceBuilder = TemplateBuilder<typeof wiring, LookcardSettings>;

/** The parameters of a service's template. */
export function parametersOf({ calls = [] }: ServiceRow, catalogue: Catalogue): typeof wiring {
  return { ...wiring, ...Object.fromEntries(calls.map((name) => [calleeParameter(catalogue.row(name)), { ...group, Description: `Security group of ${name}` }])) };
}
