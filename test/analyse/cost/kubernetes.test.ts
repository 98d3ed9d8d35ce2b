import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { fargateSize, podsOf, readPods, type Pod } from '../../../src/analyse/cost';
import { linesOf, quantityOf, resource, usage } from './deployment';

const hours = 730;

const container = (cpu: string, memory: string) => ({ resources: { requests: { cpu, memory } } });
const deploymentOf = (spec: object, name = 'api', namespace = 'shop') => ({ kind: 'Deployment', metadata: { name, namespace }, spec: { replicas: 2, template: { spec } } });
const scaler = (minReplicas: number, maxReplicas: number, name = 'api', namespace = 'shop') => ({ kind: 'HorizontalPodAutoscaler', metadata: { name, namespace }, spec: { minReplicas, maxReplicas, scaleTargetRef: { kind: 'Deployment', name } } });

describe('The pods of manifests', () => {
  it('ask for what their containers ask for together, in vCPU and GiB', () => {
    const [pod] = podsOf([deploymentOf({ containers: [container('250m', '512Mi'), container('0.5', '1Gi')] })], 'us-east-1');
    expect(pod).to.deep.equal({ name: 'api', namespace: 'shop', region: 'us-east-1', vcpu: 0.75, memory: 1.5, least: 2, most: 2 });
  });

  it('ask for what the greediest of the containers before them asks for, and for their sidecars', () => {
    const [greedy] = podsOf([deploymentOf({ containers: [container('250m', '512Mi')], initContainers: [container('2', '256Mi')] })], 'us-east-1');
    expect([greedy?.vcpu, greedy?.memory]).to.deep.equal([2, 0.5]);
    const [beside] = podsOf([deploymentOf({ containers: [container('250m', '512Mi')], initContainers: [{ ...container('250m', '512Mi'), restartPolicy: 'Always' }] })], 'us-east-1');
    expect([beside?.vcpu, beside?.memory]).to.deep.equal([0.5, 1]);
  });

  it('are as many as the autoscaler of their own deployment and namespace says', () => {
    const counts = (...others: readonly object[]) => podsOf([deploymentOf({ containers: [] }), ...others], 'us-east-1').map(({ least, most }) => [least, most]);
    expect(counts(scaler(3, 30))).to.deep.equal([[3, 30]]);
    expect(counts(scaler(3, 30, 'worker'), scaler(4, 40, 'api', 'elsewhere'))).to.deep.equal([[2, 2]]);
  });
});

describe('The pods of a built environment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-pods-'));
  const built = { regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' } };
  after(() => rmSync(folder, { recursive: true, force: true }));

  const written = (file: string, objects: readonly object[], region?: string) => {
    mkdirSync(join(folder, 'kubernetes'), { recursive: true });
    writeFileSync(join(folder, file), objects.map((each) => stringify(each)).join('---\n'));
    return { file, ...(region && { region }) };
  };

  it('take what is written for their region, and what is written for all', () => {
    const files = [
      written('kubernetes/api.yaml', [{ kind: 'Service' }, deploymentOf({ containers: [container('1', '1Gi')] })]),
      written('kubernetes/scaling.us-east-1.yaml', [scaler(3, 30)], 'us-east-1'),
      written('kubernetes/scaling.ap-southeast-1.yaml', [scaler(1, 20)], 'ap-southeast-1'),
    ];
    const pods = readPods(folder, { ...built, kubernetes: { files } });
    expect(pods.map(({ name, region, least, most }) => [name, region, least, most])).to.deep.equal([['api', 'us-east-1', 3, 30], ['api', 'ap-southeast-1', 1, 20]]);
  });

  it('are none in a system without manifests', () => expect(readPods(folder, built)).to.deep.equal([]));
});

describe('The size that Fargate bills for a pod', () => {
  const bills = [
    { asked: { vcpu: 0.25, memory: 0.25 }, billed: { vcpu: 0.25, memory: 0.5 }, why: 'its memory and AWS’s 256 MB fit the smallest' },
    { asked: { vcpu: 0.25, memory: 0.5 }, billed: { vcpu: 0.25, memory: 1 }, why: 'AWS’s 256 MB make it the next' },
    { asked: { vcpu: 0.5, memory: 1 }, billed: { vcpu: 0.5, memory: 2 }, why: 'half a processor is sold with whole GB' },
    { asked: { vcpu: 0.1, memory: 3 }, billed: { vcpu: 0.5, memory: 4 }, why: 'so much memory needs more processor' },
    { asked: { vcpu: 1, memory: 8 }, billed: { vcpu: 2, memory: 9 }, why: 'AWS’s own example: 1 vCPU with 9 GB is not sold' },
    { asked: { vcpu: 8, memory: 17 }, billed: { vcpu: 8, memory: 20 }, why: 'eight processors are sold by 4 GB' },
  ];
  for (const { asked, billed, why } of bills) {
    it(`is ${billed.vcpu} vCPU and ${billed.memory} GB for ${asked.vcpu} and ${asked.memory}: ${why}`, () => expect(fargateSize(asked)).to.deep.equal(billed));
  }

  it('is none for more than Fargate sells', () => {
    expect(fargateSize({ vcpu: 17, memory: 32 })).to.equal(undefined);
    expect(fargateSize({ vcpu: 1, memory: 120 })).to.equal(undefined);
  });
});

describe('The estimate of a Kubernetes cluster', () => {
  const pod: Pod = { name: 'api', namespace: 'shop', region: 'us-east-1', vcpu: 0.5, memory: 1, least: 3, most: 13 };
  const profile = { Cluster: resource('AWS::EKS::Cluster'), Profile: resource('AWS::EKS::FargateProfile', { Selectors: [{ Namespace: 'shop' }] }) };
  const both = ['us-east-1', 'ap-southeast-1'];

  it('has the hours of its control plane in each region', () => {
    const lines = linesOf(profile, { regions: both });
    for (const region of both) expect(quantityOf(lines, 'eks-cluster', region)).to.equal(hours);
  });

  it('has the pods of the profile’s namespace and region: a share of what may be added where users are, the least elsewhere', () => {
    const lines = linesOf(profile, { regions: both, pods: [pod, { ...pod, region: 'ap-southeast-1', least: 1 }] });
    expect(quantityOf(lines, 'fargate-vcpu')).to.be.closeTo((3 + 10 * usage.busyShare) * 0.5 * hours, 1e-9);
    expect(quantityOf(lines, 'fargate-memory')).to.be.closeTo((3 + 10 * usage.busyShare) * 2 * hours, 1e-9);
    expect(quantityOf(lines, 'fargate-vcpu', 'ap-southeast-1')).to.be.closeTo(0.5 * hours, 1e-9);
  });

  it('leaves pods of other namespaces to the nodes, which are paid whatever runs on them', () => {
    expect(linesOf(profile, { pods: [{ ...pod, namespace: 'kube-system' }] }).map(({ price }) => price)).to.deep.equal(['eks-cluster']);
  });

  it('has nodes and their volumes as the launch template has them, and as the group has them without one', () => {
    const group = (properties: object) => resource('AWS::EKS::Nodegroup', { ScalingConfig: { MinSize: 2, MaxSize: 6, DesiredSize: 3 }, ...properties });
    const template = resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30 } }] } });
    const own = linesOf({ Template: template, Nodes: group({ InstanceTypes: ['t4g.large'], LaunchTemplate: { Id: { Ref: 'Template' }, Version: '1' } }) });
    expect([quantityOf(own, 'ec2-t4g.large'), quantityOf(own, 'ebs-gp3')]).to.deep.equal([3 * hours, 90]);
    const plain = linesOf({ Nodes: group({ InstanceTypes: ['t4g.large'], ScalingConfig: { MinSize: 2, MaxSize: 6 } }) });
    expect([quantityOf(plain, 'ec2-t4g.large'), quantityOf(plain, 'ebs-gp3')]).to.deep.equal([2 * hours, 40]);
    expect(quantityOf(linesOf({ Nodes: group({ InstanceTypes: ['t4g.large'], CapacityType: 'SPOT' }) }), 'ec2-t4g.large')).to.be.closeTo(3 * hours * usage.spotShare, 1e-9);
  });
});
