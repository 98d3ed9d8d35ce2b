import { expect } from 'chai';
import { pathsOf } from './built-reach';
import { lets, reachOf, smallNetwork, type Short } from './small-network';

const ref = (logicalId: string): object => ({ Ref: logicalId });
const clusterGroup = { 'Fn::GetAtt': ['Kube', 'ClusterSecurityGroupId'] };

/** A cluster in subnet A with nodes there, and pods in subnet B. */
const kube: Short = {
  Kube: ['EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('SubnetA')] } }],
  Workers: ['EKS::Nodegroup', { ClusterName: ref('Kube'), Subnets: [ref('SubnetA')] }],
  Apps: ['EKS::FargateProfile', { ClusterName: ref('Kube'), Subnets: [ref('SubnetB')], Selectors: [{ Namespace: 'shop' }] }],
};
const members = ['control-plane', 'workers', 'apps'];
const among = members.flatMap((from) => members.map((to) => `${from} → ${to}:1-65535${to === 'apps' ? ' (nothing listens)' : ''}`));
const open = (...parts: readonly Short[]): string[] => pathsOf(reachOf(smallNetwork, kube, ...parts)).filter((line) => !line.startsWith('caller'));

describe('An EKS cluster', () => {
  it('has a group of its own, whose members reach each other and nobody who does not let them in', () => {
    expect(open()).to.have.members(among);
  });

  it('is let in where a group names the cluster’s', () => {
    const letIn: Short = { FromPods: ['EC2::SecurityGroupIngress', { GroupId: ref('StoreGroup'), ...lets(5432, { SourceSecurityGroupId: clusterGroup }) }] };
    expect(open(letIn)).to.have.members([...among, ...members.map((from) => `${from} → store:5432`)]);
  });

  it('lets in whom a rule of its group names', () => {
    const letIn: Short = { ToPods: ['EC2::SecurityGroupIngress', { GroupId: clusterGroup, ...lets(8080, { SourceSecurityGroupId: ref('CallerGroup') }) }] };
    const lines = pathsOf(reachOf(smallNetwork, kube, letIn)).filter((line) => line.startsWith('caller') && !line.includes('store'));
    expect(lines).to.have.members(members.map((to) => `caller → ${to}:8080 (nothing listens)`));
  });

  it('gives its group to nodes unless their launch template names others', () => {
    const own: Short = {
      Template: ['EC2::LaunchTemplate', { LaunchTemplateData: { SecurityGroupIds: [ref('CallerGroup')] } }],
      Workers: ['EKS::Nodegroup', { ClusterName: ref('Kube'), Subnets: [ref('SubnetA')], LaunchTemplate: { Id: ref('Template') } }],
    };
    expect(open(own)).to.have.members([...among.filter((line) => !line.includes('workers')), 'workers → store:5432']);
  });

  it('has its control plane in the groups that it names too', () => {
    const more: Short = { Kube: ['EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('SubnetA')], SecurityGroupIds: [ref('CallerGroup')] } }] };
    expect(open(more)).to.have.members([...among, 'control-plane → store:5432']);
  });
});

describe('A target group of addresses for which no template registers anybody', () => {
  const balancer: Short = {
    Front: ['ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: [ref('SubnetA')], SecurityGroups: [ref('CallerGroup')] }],
    Targets: ['ElasticLoadBalancingV2::TargetGroup', { TargetType: 'ip', Port: 8080 }],
    Listener: ['ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Front'), Port: 443, DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }] }],
  };
  const targets = (...parts: readonly Short[]) => reachOf(smallNetwork, ...parts).routes.flatMap(({ to }) => to);

  it('is the pods’, which then listen on its port', () => {
    expect(targets(balancer, kube)).to.deep.equal([{ place: 'apps', port: 8080 }]);
    const letIn: Short = { ToPods: ['EC2::SecurityGroupIngress', { GroupId: clusterGroup, ...lets(8080, { SourceSecurityGroupId: ref('CallerGroup') }) }] };
    expect(pathsOf(reachOf(smallNetwork, balancer, kube, letIn))).to.contain('front → apps:8080');
  });

  it('is nobody’s where there is no cluster', () => {
    expect(targets(balancer)).to.deep.equal([]);
  });

  it('is not the pods’ when an ECS service registers its tasks, or a template names its targets', () => {
    const service: Short = { Web: ['ECS::Service', { LoadBalancers: [{ TargetGroupArn: ref('Targets'), ContainerPort: 80 }], NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('SubnetB')], SecurityGroups: [ref('StoreGroup')] } } }] };
    expect(targets(balancer, kube, service)).to.deep.equal([{ place: 'web', port: 80 }]);
    const named: Short = { Targets: ['ElasticLoadBalancingV2::TargetGroup', { TargetType: 'ip', Port: 8080, Targets: [{ Id: '10.0.1.9' }] }] };
    expect(targets(balancer, kube, named)).to.deep.equal([]);
  });
});
