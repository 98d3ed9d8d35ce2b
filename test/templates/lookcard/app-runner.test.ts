import { expect } from 'chai';
import type { TemplateDefinition } from '../../../src/cfn';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import { environments, type LookcardSettings } from '../../../templates/systems/lookcard/environments';
import { serviceTemplate } from '../../../templates/systems/lookcard/service';
import { builtSystem, ofType } from '../built-system';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { catalogue, everywhere } from './service-stacks';

const { production } = environments;

/** Production as it is, and one whose web-app runs on App Runner. */
const variant = builtSystem({
  system: 'lookcard',
  environments: { hosted: { ...production, settings: { ...production.settings, webAppHosting: 'apprunner' as const } } },
  regions: { primary: 'ap-southeast-1', secondary: 'us-east-1' },
  namePattern: 'lookcard-{resource}-{environment}-{suffix}',
  costCenter: 'lookcard',
  compliance: 'pci-dss soc2',
  nameTags: true,
});
const hosted = (name: string) => variant.stackOf(serviceTemplate(catalogue.row(name), catalogue) as unknown as TemplateDefinition<Parameters, Outputs, LookcardSettings>, 'hosted', 'ap-southeast-1');

describe('LookCard web-app', () => {
  everywhere('LKC-57', 'runs on ECS unless a setting says otherwise', 'web-app', ({ all }) => {
    expect(Object.keys(all('AWS::ECS::Service'))).to.deep.equal(['Service']);
    expect(all('AWS::AppRunner::Service')).to.deep.equal({});
  });

  requirement('LKC-57', 'runs on App Runner where the setting says so, connected to the VPC and with roles of its own, without a load balancer', () => {
    const stack = hosted('web-app');
    const { ServiceName, InstanceConfiguration, SourceConfiguration, NetworkConfiguration } = ofType(stack, 'AWS::AppRunner::Service').Service;
    expect(plain([ServiceName, InstanceConfiguration, SourceConfiguration.AuthenticationConfiguration, SourceConfiguration.AutoDeploymentsEnabled])).to.deep.equal([
      'lookcard-web-app-prod-main',
      { Cpu: '512', Memory: '1024', InstanceRoleArn: 'TaskRole.Arn' },
      { AccessRoleArn: 'ExecutionRole.Arn' },
      false,
    ]);
    expect(plain(NetworkConfiguration)).to.deep.equal({ EgressConfiguration: { EgressType: 'VPC', VpcConnectorArn: 'Connector.VpcConnectorArn' }, IngressConfiguration: { IsPubliclyAccessible: true } });
    expect(plain(ofType(stack, 'AWS::AppRunner::VpcConnector').Connector.SecurityGroups)).to.deep.equal(['<ServiceGroupId>', '<ServicesGroupId>']);
    for (const type of ['AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::ElasticLoadBalancingV2::TargetGroup']) expect(ofType(stack, type), type).to.deep.equal({});
  });

  requirement('LKC-57', 'moves no other service there', () => {
    const stack = hosted('card-api');
    expect(ofType(stack, 'AWS::AppRunner::Service')).to.deep.equal({});
    expect(Object.keys(ofType(stack, 'AWS::ECS::Service'))).to.deep.equal(['Service']);
  });
});
