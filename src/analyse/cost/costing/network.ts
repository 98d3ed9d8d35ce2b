import type { Costings } from '../cost-line';
import { gigabytes, instances } from './instances';
import { serves } from './load';

/** GiB of an instance's volume where no template says one: what Amazon Linux's images ask for. */
const imageVolume = 8;

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
    const count = Number(group.properties['DesiredCapacity'] ?? group.properties['MinSize'] ?? 1);
    return instances('Network', { count, template, volume: imageVolume }, usage);
  },
  'AWS::EC2::Instance': ({ properties }, { index, usage }) => {
    const [template] = index.referredBy(properties['LaunchTemplate']);
    return instances('Network', { count: 1, type: properties['InstanceType'], template, volume: gigabytes(properties['BlockDeviceMappings']) || imageVolume }, usage);
  },
};
