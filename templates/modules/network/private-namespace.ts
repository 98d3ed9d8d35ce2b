import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { PrivateDnsNamespace, Service } from '../../../src/cfn/generated/servicediscovery';

/** A domain that only the VPC resolves. */
export interface PrivateNamespaceSettings {
  readonly vpcId: IntrinsicFunction;
  /** For example `develop.lookcard.internal`: `internal` is kept free of public use. */
  readonly domain: Value<string>;
  readonly description: string;
}

export type PrivateNamespaceHandle = Handle<'AWS::ServiceDiscovery::PrivateDnsNamespace', 'HostedZoneId' | 'Id' | 'Arn'>;

/**
 * A namespace of Cloud Map whose names are records of a private hosted zone, which it makes and keeps by itself. A name that is not there
 * is remembered as missing for 15 seconds, so that a service's first task is found soon.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
 */
export function privateNamespace(t: TemplateBuilder<Parameters, unknown>, id: string, { vpcId, domain, description }: PrivateNamespaceSettings): PrivateNamespaceHandle {
  return t.add(id, new PrivateDnsNamespace({ Name: domain, Vpc: vpcId, Description: description, Properties: { DnsProperties: { SOA: { TTL: 15 } } } }));
}

/** A name in a namespace. */
export interface DiscoveredServiceSettings {
  readonly namespaceId: Value<string>;
  readonly name: string;
  readonly description: string;
}

export type DiscoveredServiceHandle = Handle<'AWS::ServiceDiscovery::Service', 'Arn' | 'Id' | 'Name'>;

/**
 * A service of Cloud Map: its name answers with the addresses of up to eight healthy tasks in random order, which ECS adds and removes.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsConfig.html
 */
export function discoveredService(t: TemplateBuilder<Parameters, unknown>, id: string, { namespaceId, name, description }: DiscoveredServiceSettings): DiscoveredServiceHandle {
  return t.add(
    id,
    new Service({
      Name: name,
      Description: description,
      DnsConfig: { NamespaceId: namespaceId, RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 10 }] },
      // ECS tells how its tasks are. One failure is the only threshold that Cloud Map takes.
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    }),
  );
}
