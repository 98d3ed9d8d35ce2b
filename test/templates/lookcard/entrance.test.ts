import { expect } from 'chai';
import { entrance } from '../../../templates/systems/lookcard/entrance';
import { only, plain } from '../plain';
import { ofType } from './built';
import { everywhereOf } from './everywhere';

const parameters = {
  PublicSubnetIds: 'subnet-a,subnet-b,subnet-c',
  PrivateSubnetIds: 'subnet-x,subnet-y,subnet-z',
  LoadBalancerSecurityGroupIds: 'sg-front,sg-health',
  NetworkLoadBalancerSecurityGroupId: 'sg-nlb',
  CertificateArn: 'certificate',
  LogBucketName: 'logs',
};

const everywhere = everywhereOf(entrance, () => parameters);
const balancers = (all: (type: string) => Readonly<Record<string, any>>) => all('AWS::ElasticLoadBalancingV2::LoadBalancer');

/** A load balancer's attributes by key. */
const attributesOf = ({ LoadBalancerAttributes }: Readonly<Record<string, any>>): unknown => plain(Object.fromEntries(LoadBalancerAttributes.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value])));

describe('LookCard entrances', () => {
  everywhere('LKC-77', 'has a public Application Load Balancer in the public subnets, with the groups that let CloudFront and the health checkers in', ({ all, short }) => {
    expect(only({ own: balancers(all)['LoadBalancer'] }, 'Name', 'Type', 'Scheme', 'IpAddressType', 'Subnets', 'SecurityGroups')).to.deep.equal({
      own: [`lookcard-alb-${short}-main`, 'application', 'internet-facing', 'ipv4', ['subnet-a', 'subnet-b', 'subnet-c'], ['sg-front', 'sg-health']],
    });
  });

  everywhere('LKC-77', 'ends TLS 1.2 and newer with the region’s certificate, answers 403 to what no service’s rule takes, and redirects plain HTTP', ({ all }) => {
    const listeners = all('AWS::ElasticLoadBalancingV2::Listener');
    expect(only(listeners, 'LoadBalancerArn', 'Protocol', 'Port', 'SslPolicy', 'Certificates', 'DefaultActions')).to.deep.equal({
      HttpsListener: [
        'LoadBalancer', 'HTTPS', 443, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', [{ CertificateArn: 'certificate' }],
        [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'Forbidden' } }],
      ],
      RedirectListener: [
        'LoadBalancer', 'HTTP', 80, undefined, undefined,
        [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: '#{host}', Path: '/#{path}', Query: '#{query}', StatusCode: 'HTTP_301' } }],
      ],
    });
  });

  everywhere('LKC-77 LKC-85', 'logs requests, refuses malformed ones, leaves no client behind for longer than DNS takes to fail over, and in production is not deleted by mistake', ({ all, isProduction }) => {
    expect(attributesOf(balancers(all)['LoadBalancer'])).to.deep.equal({
      'access_logs.s3.bucket': 'logs',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.prefix': 'alb',
      'client_keep_alive.seconds': '120',
      'deletion_protection.enabled': String(isProduction),
      'idle_timeout.timeout_seconds': '60',
      'routing.http.desync_mitigation_mode': 'defensive',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http2.enabled': 'true',
    });
  });

  everywhere('LKC-78', 'has an internal Network Load Balancer for TCP in the private subnets, with a security group, which PrivateLink is not asked about', ({ all, short }) => {
    expect(only({ own: balancers(all)['NetworkLoadBalancer'] }, 'Name', 'Type', 'Scheme', 'IpAddressType', 'Subnets', 'SecurityGroups', 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic')).to.deep.equal({
      own: [`lookcard-nlb-${short}-main`, 'network', 'internal', 'ipv4', ['subnet-x', 'subnet-y', 'subnet-z'], ['sg-nlb'], 'off'],
    });
  });

  everywhere('LKC-78 LKC-85', 'sends from each zone to the tasks of all, logs connections, and in production is not deleted by mistake', ({ all, isProduction }) => {
    expect(attributesOf(balancers(all)['NetworkLoadBalancer'])).to.deep.equal({
      'access_logs.s3.bucket': 'logs',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.prefix': 'nlb',
      'deletion_protection.enabled': String(isProduction),
      'load_balancing.cross_zone.enabled': 'true',
    });
  });

  everywhere('LKC-77 LKC-78', 'tells services, DNS and monitoring of both load balancers, and has no other', ({ all, stack }) => {
    expect(Object.keys(balancers(all))).to.deep.equal(['LoadBalancer', 'NetworkLoadBalancer']);
    const outputs = Object.fromEntries([...stack.outputs].map(([name, { value }]) => [name, plain(value)]));
    expect(outputs).to.deep.equal({
      HttpsListenerArn: 'HttpsListener',
      LoadBalancerDnsName: 'LoadBalancer.DNSName',
      LoadBalancerZoneId: 'LoadBalancer.CanonicalHostedZoneID',
      LoadBalancerFullName: 'LoadBalancer.LoadBalancerFullName',
      NetworkLoadBalancerArn: 'NetworkLoadBalancer',
      NetworkLoadBalancerFullName: 'NetworkLoadBalancer.LoadBalancerFullName',
    });
    expect(Object.keys(ofType(stack, 'AWS::ElasticLoadBalancingV2::TargetGroup'))).to.deep.equal([]);
  });
});
