import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { compute } from '../../../templates/systems/financial-portal/compute';
import { parameters as declared } from '../../../templates/systems/financial-portal/parameters';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { recorded } from '../../requirements/view';
import { plain } from '../plain';
import { emitted, environmentNames, resourceOf, resourcesOf } from './built';
import { everywhere, parameters, services } from './compute-instance';

const attributesOf = (list: unknown): Readonly<Record<string, unknown>> => Object.fromEntries((list as readonly { readonly Key: string; readonly Value: unknown }[]).map(({ Key, Value }) => [Key, Value]));
const secret = (name: string): string => `{{resolve:secretsmanager:${name}:SecretString:value}}`;

describe('Financial portal compute: the load balancer', () => {
  everywhere('FIN-26 FIN-30', 'is an application load balancer in three public subnets', ({ of, named }) => {
    expect(of('LoadBalancer', 'Name', 'Type', 'Scheme', 'Subnets', 'SecurityGroups')).to.deep.equal({
      Name: named('alb'),
      Type: 'application',
      Scheme: 'internet-facing',
      Subnets: ['subnet-public-a', 'subnet-public-b', 'subnet-public-c'],
      SecurityGroups: ['sg-cloudfront', 'sg-checkers'],
    });
  });

  everywhere('FIN-30 FIN-67', 'sends to the tasks of all zones, closes connections in time, drops malformed headers and logs every request', ({ of }) => {
    const { LoadBalancerAttributes } = of('LoadBalancer', 'LoadBalancerAttributes') as { readonly LoadBalancerAttributes: unknown };
    expect(attributesOf(LoadBalancerAttributes)).to.deep.equal({
      'access_logs.s3.bucket': parameters.AccessLogBucketName,
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.prefix': 'alb',
      'client_keep_alive.seconds': '120',
      'deletion_protection.enabled': 'false',
      'idle_timeout.timeout_seconds': '60',
      'load_balancing.cross_zone.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'defensive',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http2.enabled': 'true',
    });
  });

  everywhere('FIN-27 FIN-32 FIN-06', 'ends TLS on 443, listens on nothing else, and answers 403 to what no rule takes', ({ stack }) => {
    const listeners = resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::Listener').map(({ id, properties: { LoadBalancerArn, Protocol, Port, SslPolicy, Certificates, DefaultActions } }) => [id, LoadBalancerArn, Protocol, Port, SslPolicy, Certificates, DefaultActions]);
    expect(plain(listeners)).to.deep.equal([[
      'HttpsListener',
      'LoadBalancer',
      'HTTPS',
      443,
      'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      [{ CertificateArn: parameters.CertificateArn }],
      [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'Forbidden' } }],
    ]]);
  });

  everywhere('FIN-26 FIN-32', 'admits the deep health path to the API, and by path all that has one of the two header values', ({ stack, named }) => {
    const rules = resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::ListenerRule').map(({ id, properties: { ListenerArn, Priority, Conditions, Actions } }) => [id, ListenerArn, Priority, Conditions, Actions]);
    const paths = (...Values: readonly string[]) => ({ Field: 'path-pattern', PathPatternConfig: { Values } });
    const header = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-origin-verify', Values: [secret(named('origin-header')), secret(named('origin-header-next'))] } };
    const to = (TargetGroupArn: string) => [{ Type: 'forward', TargetGroupArn }];
    expect(plain(rules)).to.deep.equal([
      ['HealthRule', 'HttpsListener', 10, [paths('/health/deep')], to('ApiTargets')],
      ['ApiRule', 'HttpsListener', 20, [paths('/api/*', '/accounts/*', '/transactions/*'), header], to('ApiTargets')],
      ['WebRule', 'HttpsListener', 30, [paths('/*'), header], to('WebTargets')],
    ]);
  });

  requirement('FIN-32', 'reads both header values while deploying, so that no template holds them', () => {
    expect(textsIn(emitted(compute), /\{\{resolve:.*?\}\}/g)).to.deep.equal([secret('fin-origin-header-next-prod-${EnvironmentSuffix}'), secret('fin-origin-header-prod-${EnvironmentSuffix}')]);
  });

  everywhere('FIN-32', 'gives the rules with the header to whoever rotates it', ({ stack }) => {
    expect(plain(stack.root.outputs.get('OriginRuleArns')?.value)).to.deep.equal({ 'Fn::Join': ['', ['ApiRule', ',', 'WebRule']] });
  });

  for (const { id, port } of services) {
    everywhere('FIN-28 FIN-29', `sends to ${id} tasks that answer 200 at a path of their own`, ({ of }) => {
      expect(of(`${id}Targets`, 'TargetType', 'VpcId', 'Protocol', 'Port', 'HealthCheckEnabled', 'HealthCheckProtocol', 'HealthCheckPath', 'HealthCheckIntervalSeconds', 'HealthCheckTimeoutSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount', 'Matcher')).to.deep.equal({
        TargetType: 'ip',
        VpcId: parameters.VpcId,
        Protocol: 'HTTP',
        Port: port,
        HealthCheckEnabled: true,
        HealthCheckProtocol: 'HTTP',
        HealthCheckPath: '/health/ready',
        HealthCheckIntervalSeconds: 30,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
        Matcher: { HttpCode: '200' },
      });
    });

    everywhere('FIN-17 FIN-30', `lets ${id} tasks finish their requests, and gives way to the other region when only one is healthy`, ({ of }) => {
      const { TargetGroupAttributes } = of(`${id}Targets`, 'TargetGroupAttributes') as { readonly TargetGroupAttributes: unknown };
      expect(attributesOf(TargetGroupAttributes)).to.deep.equal({
        'deregistration_delay.timeout_seconds': '60',
        'load_balancing.algorithm.type': 'least_outstanding_requests',
        'target_group_health.dns_failover.minimum_healthy_targets.count': '2',
        'target_group_health.dns_failover.minimum_healthy_targets.percentage': 'off',
        'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
        'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
      });
    });
  }
});

describe('Financial portal compute: cluster and services', () => {
  everywhere('FIN-18', 'has a cluster with enhanced Container Insights', ({ of, named }) => {
    expect(of('Cluster', 'ClusterName', 'ClusterSettings')).to.deep.equal({ ClusterName: named('cluster'), ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] });
  });

  everywhere('FIN-50', 'encrypts what tasks write to their own storage under the region’s key', ({ of }) => {
    expect(of('Cluster', 'Configuration')).to.deep.equal({ Configuration: { ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: parameters.DefaultKeyArn } } });
  });

  for (const { id, name, port, trading } of services) {
    everywhere('FIN-10 FIN-11', `runs the ${name} service on Fargate with three tasks or more, in private subnets of three zones, spread again when a zone comes back`, ({ of, named }) => {
      expect(of(id, 'ServiceName', 'Cluster', 'TaskDefinition', 'DesiredCount', 'AvailabilityZoneRebalancing', 'NetworkConfiguration', 'LoadBalancers')).to.deep.equal({
        ServiceName: named(name),
        Cluster: 'Cluster',
        TaskDefinition: `${id}Task`,
        DesiredCount: trading,
        AvailabilityZoneRebalancing: 'ENABLED',
        NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: ['subnet-service-a', 'subnet-service-b', 'subnet-service-c'], SecurityGroups: [`sg-${name}`] } },
        LoadBalancers: [{ ContainerName: name, ContainerPort: port, TargetGroupArn: `${id}Targets` }],
      });
    });

    everywhere('FIN-17', `never has fewer ${name} tasks while deploying, and rolls back by itself when they do not start or answer with errors`, ({ of, stack, named }) => {
      expect(of(id, 'DeploymentConfiguration', 'HealthCheckGracePeriodSeconds')).to.deep.equal({
        DeploymentConfiguration: {
          MinimumHealthyPercent: 100,
          MaximumPercent: 200,
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
          Alarms: { AlarmNames: [`${id}ErrorAlarm`], Enable: true, Rollback: true },
        },
        HealthCheckGracePeriodSeconds: 60,
      });
      expect(of(`${id}ErrorAlarm`, 'AlarmName', 'Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ComparisonOperator', 'Threshold', 'Period', 'EvaluationPeriods', 'TreatMissingData', 'AlarmActions')).to.deep.equal({
        AlarmName: named(`${name}-deployment-errors`),
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'HTTPCode_Target_5XX_Count',
        Dimensions: [{ Name: 'LoadBalancer', Value: 'LoadBalancer.LoadBalancerFullName' }, { Name: 'TargetGroup', Value: `${id}Targets.TargetGroupFullName` }],
        Statistic: 'Sum',
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 10,
        Period: 60,
        EvaluationPeriods: 3,
        TreatMissingData: 'notBreaching',
        AlarmActions: ['topic'],
      });
      expect(resourceOf(stack, id).dependsOn).to.deep.equal(['ApiRule', 'ClusterCapacity', 'HealthRule', 'WebRule']);
    });
  }

  everywhere('FIN-17', 'names the alarm on the errors of the whole region', ({ of, stack, named }) => {
    expect(plain(stack.root.outputs.get('ErrorAlarmName')?.value)).to.equal('RegionErrorAlarm');
    expect(of('RegionErrorAlarm', 'AlarmName', 'MetricName', 'Dimensions', 'Threshold')).to.deep.equal({
      AlarmName: named('region-errors'),
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer', Value: 'LoadBalancer.LoadBalancerFullName' }],
      Threshold: 50,
    });
  });

  for (const environment of environmentNames) {
    requirement('FIN-08', `pins both images of ${environment} by digest and takes no tag`, () => {
      const path = `parameters/financial-portal/${environment}.yaml`;
      const file = recorded(path, parse(readFileSync(path, 'utf8')) as { readonly parameters: Readonly<Record<string, string>> });
      for (const name of ['WebImage', 'ApiImage'] as const) {
        expect(file.parameters[name]).to.match(new RegExp(declared[name].AllowedPattern));
        expect('nginx:latest').not.to.match(new RegExp(declared[name].AllowedPattern));
      }
    });
  }
});
