import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { compute } from '../../../templates/systems/customer-portal/compute';
import { parameters as declared } from '../../../templates/systems/customer-portal/parameters';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { recorded } from '../../requirements/view';
import { plain } from '../plain';
import { emitted, environmentNames, resourceOf, resourcesOf } from './built';
import { everywhere, parameters, services, serviceSubnets } from './compute-instance';

const attributesOf = (list: unknown): Readonly<Record<string, unknown>> => Object.fromEntries((list as readonly { readonly Key: string; readonly Value: unknown }[]).map(({ Key, Value }) => [Key, Value]));
const secret = (name: string): string => `{{resolve:secretsmanager:${name}:SecretString:value}}`;
const refused = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'Forbidden' } };

describe('Customer portal compute: the load balancers', () => {
  const balancers = [
    { id: 'LoadBalancer', name: 'alb', scheme: 'internet-facing', subnets: ['subnet-public-a', 'subnet-public-b', 'subnet-public-c'], groups: ['sg-cloudfront', 'sg-checkers'] },
    { id: 'ApiLoadBalancer', name: 'api-alb', scheme: 'internal', subnets: serviceSubnets, groups: ['sg-api-alb'] },
  ] as const;
  for (const { id, name, scheme, subnets, groups } of balancers) {
    everywhere('CUS-02 CUS-22 CUS-66', `has ${name}, an ${scheme} application load balancer in three zones that can be deleted, drops malformed headers and logs every request`, ({ of, named }) => {
      const { LoadBalancerAttributes, ...balancer } = of(id, 'Name', 'Type', 'Scheme', 'Subnets', 'SecurityGroups', 'LoadBalancerAttributes') as Readonly<Record<string, unknown>>;
      expect(balancer).to.deep.equal({ Name: named(name), Type: 'application', Scheme: scheme, Subnets: subnets, SecurityGroups: groups });
      expect(attributesOf(LoadBalancerAttributes)).to.deep.equal({
        'access_logs.s3.bucket': parameters.AccessLogBucketName,
        'access_logs.s3.enabled': 'true',
        'access_logs.s3.prefix': name,
        'client_keep_alive.seconds': '120',
        'deletion_protection.enabled': 'false',
        'idle_timeout.timeout_seconds': '60',
        'routing.http.desync_mitigation_mode': 'defensive',
        'routing.http.drop_invalid_header_fields.enabled': 'true',
        'routing.http2.enabled': 'true',
      });
    });
  }

  everywhere('CUS-27 CUS-73', 'ends TLS 1.2 and 1.3 on 443, redirects port 80 to it, and answers 403 to what no rule takes', ({ stack }) => {
    const listeners = resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::Listener').map(({ id, properties: { LoadBalancerArn, Protocol, Port, SslPolicy, Certificates, DefaultActions } }) => [id, LoadBalancerArn, Protocol, Port, SslPolicy, Certificates, DefaultActions]);
    const https = ['HTTPS', 443, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', [{ CertificateArn: parameters.CertificateArn }], [refused]];
    const redirect = { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: '#{host}', Path: '/#{path}', Query: '#{query}', StatusCode: 'HTTP_301' } };
    expect(plain(listeners)).to.deep.equal([
      ['HttpsListener', 'LoadBalancer', ...https],
      ['RedirectListener', 'LoadBalancer', 'HTTP', 80, undefined, undefined, [redirect]],
      ['ApiListener', 'ApiLoadBalancer', ...https],
    ]);
  });

  everywhere('CUS-23 CUS-24 CUS-46 CUS-48', 'sends /api/* to the backend and all else to the frontend when CloudFront asks, /api/* to the backend when API Gateway does, with or without its stage before it, and the deep health check to the backend', ({ stack, named }) => {
    const rules = resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::ListenerRule').map(({ id, properties: { ListenerArn, Priority, Conditions, Actions, Transforms } }) => [id, ListenerArn, Priority, Conditions, Actions, Transforms]);
    const paths = (...Values: readonly string[]) => ({ Field: 'path-pattern', PathPatternConfig: { Values } });
    const header = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-origin-verify', Values: [secret(named('origin-header')), secret(named('origin-header-next'))] } };
    const to = (TargetGroupArn: string) => [{ Type: 'forward', TargetGroupArn }];
    const stage = named('stage');
    expect(plain(rules)).to.deep.equal([
      ['HealthRule', 'HttpsListener', 10, [paths('/health/deep')], to('BackendTargets'), undefined],
      ['BackendRule', 'HttpsListener', 20, [paths('/api/*'), header], to('BackendTargets'), undefined],
      ['FrontendRule', 'HttpsListener', 30, [paths('/*'), header], to('FrontendTargets'), undefined],
      ['ApiRule', 'ApiListener', 10, [paths('/api/*', `/${stage}/api/*`)], to('ApiTargets'), [{ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: `^/${stage}(/api/.*)$`, Replace: '$1' }] } }]],
    ]);
  });

  requirement('CUS-74', 'reads both header values while deploying, so that no template holds them', () => {
    expect(textsIn(emitted(compute), /\{\{resolve:.*?\}\}/g)).to.deep.equal([secret('cus-origin-header-next-prod-${EnvironmentSuffix}'), secret('cus-origin-header-prod-${EnvironmentSuffix}')]);
  });

  everywhere('CUS-51', 'gives the rules with the header to whoever rotates it', ({ stack }) => {
    expect(plain(stack.root.outputs.get('OriginRuleArns')?.value)).to.deep.equal({ 'Fn::Join': ['', ['BackendRule', ',', 'FrontendRule']] });
  });

  for (const [targets, port] of [['FrontendTargets', 8080], ['BackendTargets', 3000], ['ApiTargets', 3000]] as const) {
    everywhere('CUS-25 CUS-26', `asks tasks of ${targets} every ten seconds whether they can serve, and sends nothing to one that failed twice`, ({ of }) => {
      const { TargetGroupAttributes, ...group } = of(targets, 'TargetType', 'VpcId', 'Protocol', 'Port', 'HealthCheckEnabled', 'HealthCheckProtocol', 'HealthCheckPath', 'HealthCheckIntervalSeconds', 'HealthCheckTimeoutSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount', 'Matcher', 'TargetGroupAttributes') as Readonly<Record<string, unknown>>;
      expect(group).to.deep.equal({
        TargetType: 'ip',
        VpcId: parameters.VpcId,
        Protocol: 'HTTP',
        Port: port,
        HealthCheckEnabled: true,
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/health/ready',
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        Matcher: { HttpCode: '200' },
      });
      expect(attributesOf(TargetGroupAttributes)).to.deep.equal({ 'deregistration_delay.timeout_seconds': '60', 'load_balancing.algorithm.type': 'least_outstanding_requests' });
    });
  }
});

describe('Customer portal compute: cluster and services', () => {
  everywhere('CUS-15 CUS-56', 'has a cluster on Fargate with enhanced Container Insights, whose tasks’ own storage is encrypted', ({ of, named }) => {
    expect(of('Cluster', 'ClusterName', 'ClusterSettings', 'CapacityProviders', 'Configuration')).to.deep.equal({
      ClusterName: named('cluster'),
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }],
      CapacityProviders: undefined,
      Configuration: { ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: parameters.DefaultKeyArn } },
    });
    expect(of('ClusterCapacity')).to.deep.equal({ Cluster: 'Cluster', CapacityProviders: ['FARGATE', 'FARGATE_SPOT'], DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }] });
  });

  const placed = [
    { id: 'Frontend', requirement: 'CUS-16', groups: ['FrontendTargets'], after: ['BackendRule', 'ClusterCapacity', 'FrontendRule', 'HealthRule'] },
    { id: 'Backend', requirement: 'CUS-17 CUS-46', groups: ['BackendTargets', 'ApiTargets'], after: ['ApiRule', 'BackendRule', 'ClusterCapacity', 'FrontendRule', 'HealthRule'] },
  ] as const;
  for (const { id, requirement: own, groups, after } of placed) {
    const name = id.toLowerCase();
    const port = services.find((each) => each.id === id)?.port;
    everywhere(`CUS-02 ${own}`, `runs the ${name} service in private subnets of three zones behind ${groups.join(' and ')}`, ({ of, stack, named }) => {
      expect(of(id, 'ServiceName', 'Cluster', 'TaskDefinition', 'LaunchType', 'DesiredCount', 'AvailabilityZoneRebalancing', 'NetworkConfiguration', 'LoadBalancers')).to.deep.equal({
        ServiceName: named(name),
        Cluster: 'Cluster',
        TaskDefinition: `${id}Task`,
        LaunchType: undefined,
        DesiredCount: 3,
        AvailabilityZoneRebalancing: 'ENABLED',
        NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: serviceSubnets, SecurityGroups: [`sg-${name}`] } },
        LoadBalancers: groups.map((TargetGroupArn) => ({ ContainerName: name, ContainerPort: port, TargetGroupArn })),
      });
      expect(resourceOf(stack, id).dependsOn).to.deep.equal(after);
    });

    everywhere('CUS-21', `never has fewer ${name} tasks while deploying, and rolls back by itself when they do not become healthy`, ({ of }) => {
      expect(of(id, 'DeploymentConfiguration', 'HealthCheckGracePeriodSeconds')).to.deep.equal({
        DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
        HealthCheckGracePeriodSeconds: 60,
      });
    });
  }

  for (const environment of environmentNames) {
    requirement('CUS-04', `pins both images of ${environment} by digest and takes no tag`, () => {
      const path = `parameters/customer-portal/${environment}.yaml`;
      const file = recorded(path, parse(readFileSync(path, 'utf8')) as { readonly parameters: Readonly<Record<string, string>> });
      for (const name of ['FrontendImage', 'BackendImage'] as const) {
        expect(file.parameters[name]).to.match(new RegExp(declared[name].AllowedPattern));
        expect('nginx:latest').not.to.match(new RegExp(declared[name].AllowedPattern));
      }
    });
  }
});
