import type { Parameters, TemplateBuilder, TemplateDefinition, Token } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { gatewayPrefixList } from '../../modules/network/gateway-prefix-lists';
import { admitGroup } from '../../modules/network/group-rule';
import { securityGroup, type Egress } from '../../modules/network/security-group';
import { defineTemplate } from './environments';
import { pascal } from './parameters';
import { cachePort } from './security-groups';
import type { ServiceRow } from './service-row';
import type { LookcardSettings } from './settings';

type GroupToken = Token<'AWS::EC2::SecurityGroup::Id'>;
type Builder = TemplateBuilder<Parameters, LookcardSettings>;

const https = 443;

/** The output with the id of a service's security group. */
export const groupOutput = ({ name }: Pick<ServiceRow, 'name'>): string => `${pascal(name)}GroupId`;

/** Groups that services share: each lets its members reach one thing, which admits the group once, however many services there are. */
export const sharedGroups = ['ServicesGroupId', 'DatabaseClientsGroupId', 'CacheClientsGroupId'] as const;

const groupParameters = {
  VpcId: { Type: 'AWS::EC2::VPC::Id' },
  EndpointsSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
  ProxySecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
  CacheSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
} as const;

/**
 * The security groups of some services, one each. They stand before all services, so that each service's own stack can open its ways to
 * the others: to which a service may connect is in its caller's stack, and no two stacks wait for each other.
 */
export function serviceGroups(rows: readonly ServiceRow[]): TemplateDefinition<Pick<typeof groupParameters, 'VpcId'>, Readonly<Record<string, GroupToken>>, LookcardSettings> {
  return defineTemplate('service-groups', { description: 'LookCard security groups of the services', parameters: { VpcId: groupParameters.VpcId } }, (t) => {
    const outputs: Record<string, GroupToken> = {};
    for (const row of rows) {
      const internet: Egress[] = row.internet ? [{ port: https, to: 'anywhere', description: 'Services outside AWS, through NAT' }] : [];
      outputs[groupOutput(row)] = securityGroup(t, `${pascal(row.name)}Group`, {
        vpc: { ref: () => t.param('VpcId') },
        name: row.name,
        description: `Tasks of ${row.name}`,
        ingress: [],
        egress: internet,
      }).att('GroupId');
    }
    return outputs;
  });
}

/**
 * The groups that services share, beside their own: every task reaches the endpoints, S3 (which holds image layers) and DynamoDB; those of
 * services with a database the proxy; those with a cache the cache.
 */
export const sharedServiceGroups = defineTemplate('shared-service-groups', { description: 'LookCard security groups that services share', parameters: groupParameters }, (t) => {
  const endpoints = t.param('EndpointsSecurityGroupId');
  const proxy = t.param('ProxySecurityGroupId');
  const cache = t.param('CacheSecurityGroupId');
  const Services = shared(t, 'Services', 'services', 'Tasks of all services', [
    { port: https, to: { groupId: endpoints }, description: 'Interface endpoints' },
    { port: https, to: { prefixListId: gatewayPrefixList(t, 'S3') }, description: 'S3, by its gateway endpoint' },
    { port: https, to: { prefixListId: gatewayPrefixList(t, 'DynamoDb') }, description: 'DynamoDB, by its gateway endpoint' },
  ]);
  const DatabaseClients = shared(t, 'DatabaseClients', 'database-clients', 'Tasks of services with a database', [{ port: postgresPort, to: { groupId: proxy }, description: 'RDS Proxy' }]);
  const CacheClients = shared(t, 'CacheClients', 'cache-clients', 'Tasks of services with a cache', [{ port: cachePort, to: { groupId: cache }, description: 'ElastiCache' }]);
  admitGroup(t, 'EndpointsFromServices', { from: Services, to: endpoints, port: https, description: 'Tasks of all services' });
  admitGroup(t, 'ProxyFromClients', { from: DatabaseClients, to: proxy, port: postgresPort, description: 'Tasks of services with a database' });
  admitGroup(t, 'CacheFromClients', { from: CacheClients, to: cache, port: cachePort, description: 'Tasks of services with a cache' });
  return { ServicesGroupId: Services, DatabaseClientsGroupId: DatabaseClients, CacheClientsGroupId: CacheClients };
});

function shared(t: TemplateBuilder<typeof groupParameters, LookcardSettings>, id: string, name: string, description: string, egress: readonly Egress[]): GroupToken {
  return securityGroup(t as Builder, `${id}Group`, { vpc: { ref: () => t.param('VpcId') }, name, description, ingress: [], egress }).att('GroupId');
}
