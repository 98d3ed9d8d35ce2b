import { elementsOf } from '../../system-index';
import type { Costings } from '../cost-line';
import { serves } from './load';

/** What a VPC costs: ways out, endpoints and public addresses. */
export const network: Costings = {
  'AWS::EC2::NatGateway': (gateway, { usage, primary }) => [
    { component: 'Network', price: 'nat-hour', quantity: usage.hours },
    { component: 'Network', price: 'nat-data', quantity: serves(gateway, primary) ? usage.natGigabytes : 0 },
  ],
  'AWS::EC2::EIP': (_, { usage }) => [{ component: 'Network', price: 'public-address', quantity: usage.hours }],
  'AWS::EC2::VPCEndpoint': ({ properties, ...endpoint }, { usage, primary }) => {
    if (properties['VpcEndpointType'] !== 'Interface') return [];
    const zones = Array.isArray(properties['SubnetIds']) ? properties['SubnetIds'].length : 1;
    const data = serves({ properties, ...endpoint }, primary) ? zones * usage.endpointGigabytes : 0;
    return [
      { component: 'Network', price: 'endpoint-hour', quantity: zones * usage.hours },
      { component: 'Network', price: 'endpoint-data', quantity: data },
    ];
  },
  'AWS::AutoScaling::AutoScalingGroup': (group, { index, usage }) => {
    const [template] = index.referredBy(group.properties['LaunchTemplate']);
    const data = template?.properties['LaunchTemplateData'] as Readonly<Record<string, unknown>> | undefined;
    const instances = Number(group.properties['DesiredCapacity'] ?? group.properties['MinSize'] ?? 1);
    const gigabytes = elementsOf(data?.['BlockDeviceMappings'] as never).reduce((sum, { Ebs }) => sum + Number((Ebs as Readonly<Record<string, unknown>> | undefined)?.['VolumeSize'] ?? 8), 0) || 8;
    return [
      { component: 'Network', price: `ec2-${String(data?.['InstanceType'])}`, quantity: instances * usage.hours },
      { component: 'Network', price: 'ebs-gp3', quantity: instances * gigabytes },
    ];
  },
};
