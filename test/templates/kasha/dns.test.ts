import { expect } from 'chai';
import { dns } from '../../../templates/systems/kasha/dns';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { computeIn } from './compute-instance';
import { resolvedTemplate, resourceOf, resourcesOf } from './resolved-template';

const parameters = {
  VpcId: 'vpc-1',
  HostedZoneId: 'Z1',
  DomainName: 'kasha.example.com',
  LoadBalancerDnsName: 'kasha-alb.elb.amazonaws.com',
  LoadBalancerZoneId: 'ZELB',
  BackendLoadBalancerDnsName: 'internal-kasha-backend-alb.elb.amazonaws.com',
  BackendLoadBalancerZoneId: 'ZELB',
};

describe('Kasha dns', () => {
  for (const [region, failover] of [['us-east-1', 'PRIMARY'], ['ap-southeast-1', 'SECONDARY']] as const) {
    const stack = resolvedTemplate(dns, 'production', region, parameters);

    requirement('KSH-107', `makes the load balancer of ${region} the ${failover.toLowerCase()} answer of origin.<domain>`, () => {
      const { properties } = resourceOf(stack, 'OriginRecord');
      expect(properties).to.deep.include({
        HostedZoneId: 'Z1',
        Name: 'origin.kasha.example.com',
        Type: 'A',
        SetIdentifier: region,
        Failover: failover,
        AliasTarget: { DNSName: parameters.LoadBalancerDnsName, HostedZoneId: 'ZELB', EvaluateTargetHealth: true },
      });
      expect(stack.edgesFrom('OriginRecord').map(({ to }) => to)).to.deep.equal(['HealthCheck']);
    });

    requirement('KSH-107', `checks ${region} by its own load balancer's name, every 10 seconds and from at least three regions`, () => {
      const config = resourceOf(stack, 'HealthCheck').properties['HealthCheckConfig'] as { readonly Regions: readonly string[] };
      expect(config).to.deep.include({
        Type: 'HTTPS',
        Port: 443,
        EnableSNI: true,
        FullyQualifiedDomainName: parameters.LoadBalancerDnsName,
        RequestInterval: 10,
        FailureThreshold: 3,
      });
      expect(config.Regions).to.deep.equal(['ap-southeast-1', 'eu-west-1', 'us-east-1', 'us-west-2']);
    });

    requirement('KSH-30', `resolves backend.<domain> inside the VPC of ${region} to its internal load balancer`, () => {
      expect(resourceOf(stack, 'BackendZone').properties).to.deep.include({ Name: 'backend.kasha.example.com', VPCs: [{ VPCId: 'vpc-1', VPCRegion: region }] });
      expect(resourceOf(stack, 'BackendZoneRecord').properties).to.deep.include({
        Name: 'backend.kasha.example.com',
        AliasTarget: { DNSName: parameters.BackendLoadBalancerDnsName, HostedZoneId: 'ZELB', EvaluateTargetHealth: false },
      });
    });
  }

  requirement('KSH-107', 'writes one half of the failover pair in each region, and no other public record', () => {
    const records = resourcesOf(resolvedTemplate(dns, 'production', 'us-east-1', parameters), 'AWS::Route53::RecordSet');
    expect(chosen(records, ({ properties }) => properties['HostedZoneId'] === 'Z1').map(({ logicalId }) => logicalId)).to.deep.equal(['OriginRecord']);
  });

  it('asks for the path that the load balancer serves without the secret header', () => {
    const check = resourceOf(resolvedTemplate(dns, 'production', 'us-east-1', parameters), 'HealthCheck').properties['HealthCheckConfig'] as { readonly ResourcePath: string };
    expect(resourceOf(computeIn(), 'HealthRule').properties).to.have.nested.property('Conditions[0].PathPatternConfig.Values').that.deep.equals([check.ResourcePath]);
  });
});
