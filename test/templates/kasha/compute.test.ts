import { expect } from 'chai';
import { compute } from '../../../templates/systems/kasha/compute';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { emitted } from './built';
import { computeIn, parameters, services, variablesOf } from './compute-instance';
import { resourceOf, resourcesOf } from './resolved-template';

describe('Kasha compute: the public load balancer', () => {
  const stack = computeIn();

  requirement('KSH-23', 'faces the internet in both Availability Zones and listens on 80 and 443', () => {
    expect(resourceOf(stack, 'LoadBalancer').properties).to.deep.include({ Scheme: 'internet-facing', Type: 'application', Subnets: ['subnet-public-a', 'subnet-public-b'] });
    expect(resourceOf(stack, 'HttpsListener').properties).to.deep.include({ Port: 443, Protocol: 'HTTPS' });
    expect(resourceOf(stack, 'RedirectListener').properties).to.deep.include({ Port: 80, Protocol: 'HTTP' });
    expect(resourceOf(stack, 'RedirectListener').properties).to.have.nested.property('DefaultActions[0].RedirectConfig.Protocol', 'HTTPS');
  });

  requirement('KSH-24', 'is named kasha-alb', () => {
    expect(resourceOf(stack, 'LoadBalancer').properties).to.include({ Name: 'kasha-alb-prod-main' });
  });

  requirement('KSH-31', 'serves the ACM certificate with a TLS 1.3 policy', () => {
    const { properties } = resourceOf(stack, 'HttpsListener');
    expect(properties['Certificates']).to.deep.equal([{ CertificateArn: parameters.CertificateArn }]);
    expect(properties['SslPolicy']).to.equal('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09');
  });

  requirement('KSH-14', 'takes only requests with the header that CloudFront knows; the deep health path alone needs none', () => {
    expect(resourceOf(stack, 'HttpsListener').properties).to.have.nested.property('DefaultActions[0].FixedResponseConfig.StatusCode', '403');
    expect(resourceOf(stack, 'HealthRule').properties).to.deep.include({ Priority: 10, Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/health/deep'] } }] });
    const { properties } = resourceOf(stack, 'CloudFrontRule');
    expect(properties['Priority']).to.equal(20);
    expect(properties).to.have.nested.property('Conditions[0].HttpHeaderConfig.HttpHeaderName', 'x-origin-verify');
    expect(resourcesOf(stack, 'AWS::ElasticLoadBalancingV2::ListenerRule')).to.have.length(2);
  });

  requirement('KSH-14', 'reads the header from the secret while deploying, so that no template holds it', () => {
    expect(textsIn(emitted(compute), /\{\{resolve:.*?\}\}/g)).to.deep.equal(['{{resolve:secretsmanager:kasha/origin/header-prod-${EnvironmentSuffix}:SecretString:value}}']);
    expect(stack.secrets.map(({ resource }) => resource)).to.deep.equal(['CloudFrontRule']);
  });

  it('has the group for CloudFront and the one for the health checkers', () => {
    expect(resourceOf(stack, 'LoadBalancer').properties['SecurityGroups']).to.deep.equal(['sg-cloudfront', 'sg-checkers']);
  });
});

describe('Kasha compute: the internal load balancer', () => {
  const stack = computeIn();

  requirement('KSH-28', 'is internal, in both Availability Zones, and listens on 8080', () => {
    expect(resourceOf(stack, 'BackendLoadBalancer').properties).to.deep.include({ Scheme: 'internal', Subnets: ['subnet-backend-a', 'subnet-backend-b'], SecurityGroups: ['sg-backend-alb'] });
    expect(resourceOf(stack, 'BackendListener').properties).to.include({ Port: 8080 });
    expect(stack.edgesFrom('BackendListener').map(({ to }) => to)).to.have.members(['BackendLoadBalancer', 'BackendTargets']);
  });

  requirement('KSH-29', 'is named kasha-backend-alb', () => {
    expect(resourceOf(stack, 'BackendLoadBalancer').properties).to.include({ Name: 'kasha-backend-alb-prod-main' });
  });

  requirement('KSH-30', 'speaks HTTPS with TLS 1.3, under the name that the frontend calls', () => {
    const { properties } = resourceOf(stack, 'BackendListener');
    expect(properties).to.include({ Protocol: 'HTTPS' });
    expect(properties['SslPolicy']).to.equal('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09');
    expect(properties['Certificates']).to.deep.equal([{ CertificateArn: parameters.CertificateArn }]);
    expect(variablesOf('Frontend')).to.include({ BACKEND_URL: 'https://backend.kasha.example.com:8080' });
  });

  requirement('KSH-119', 'answers 429 to a client that calls too often', () => {
    const { properties } = resourceOf(stack, 'BackendRateLimit');
    expect(properties).to.have.nested.property('Rules[0].Statement.RateBasedStatement.Limit', 10_000);
    expect(properties).to.have.nested.property('Rules[0].Action.Block.CustomResponse.ResponseCode', 429);
    expect(stack.edgesFrom('BackendRateLimitAssociation').map(({ to }) => to)).to.have.members(['BackendLoadBalancer', 'BackendRateLimit']);
  });
});

describe('Kasha compute: targets', () => {
  const stack = computeIn();
  for (const { id, port } of services) {
    const group = resourceOf(stack, `${id}Targets`).properties;

    requirement('KSH-25', `checks the ${id} targets every 30 seconds`, () => {
      expect(group).to.include({ HealthCheckEnabled: true, HealthCheckIntervalSeconds: 30, HealthCheckPath: '/', Port: port });
    });

    requirement('KSH-26', `takes an unhealthy ${id} target out after three failed checks`, () => {
      expect(group).to.include({ UnhealthyThresholdCount: 3 });
    });

    requirement('KSH-27', `lets a leaving ${id} target finish its requests for 300 seconds`, () => {
      expect(group['TargetGroupAttributes']).to.deep.include({ Key: 'deregistration_delay.timeout_seconds', Value: '300' });
    });
  }
});

describe('Kasha compute: load balancers of each environment', () => {
  for (const [environment, protection] of [['production', 'true'], ['develop', 'false']] as const) {
    for (const [id, prefix] of [['LoadBalancer', 'alb'], ['BackendLoadBalancer', 'backend-alb']] as const) {
      it(`${environment}: ${id} logs, drops malformed headers and has deletion protection ${protection}`, () => {
        const list = resourceOf(computeIn(environment), id).properties['LoadBalancerAttributes'] as readonly { readonly Key: string; readonly Value: string }[];
        expect(Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]))).to.include({
          'access_logs.s3.enabled': 'true',
          'access_logs.s3.bucket': 'logs',
          'access_logs.s3.prefix': prefix,
          'deletion_protection.enabled': protection,
          'routing.http.drop_invalid_header_fields.enabled': 'true',
        });
      });
    }
  }
});

describe('Kasha compute: outputs', () => {
  const { outputs } = computeIn().stacks.get('') ?? { outputs: new Map<string, unknown>() };

  requirement('KSH-141', 'gives the DNS names of both load balancers, with the zones that aliases need', () => {
    expect([...outputs.keys()]).to.include.members(['LoadBalancerDnsName', 'LoadBalancerZoneId', 'BackendLoadBalancerDnsName', 'BackendLoadBalancerZoneId']);
  });

  it('gives monitoring the names of everything it watches', () => {
    expect([...outputs.keys()]).to.include.members([
      'ClusterName',
      'FrontendServiceName',
      'BackendServiceName',
      'LoadBalancerFullName',
      'BackendLoadBalancerFullName',
      'FrontendTargetGroupFullName',
      'BackendTargetGroupFullName',
    ]);
  });
});
