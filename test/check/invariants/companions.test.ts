import { anomalyMonitorSubscriptions, podRoles, proxyTargets, targetGroupMembers, targetGroupUses, webAclUses, zoneRecords } from '../../../src/check/invariants/companions';
import { workloadRoles } from '../../../src/check/invariants/workload-roles';
import { itJudges, ref, att, resource, type Case, type Resources } from './small-system';

const here = (resources: Resources): Case['system'] => ({ platform: { 'us-east-1': resources } });
const options = { unknown: ['Given'] };
const Topic = resource('AWS::SNS::Topic');

describe('a database proxy', () => {
  const Proxy = resource('AWS::RDS::DBProxy');
  const targets = (DBProxyName: unknown) => resource('AWS::RDS::DBProxyTargetGroup', { DBProxyName });
  itJudges(proxyTargets, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'leads to a database', system: here({ Proxy, Targets: targets(ref('Proxy')) }), verdict: [] },
    { name: 'leads nowhere', system: here({ Proxy }), verdict: ['Proxy us-east-1: The proxy leads nowhere'] },
    { name: 'leads nowhere while another one does', system: here({ Proxy, Other: Proxy, Targets: targets(ref('Other')) }), verdict: ['Proxy us-east-1: The proxy leads nowhere'] },
    { name: 'may be the one that deployment names', system: here({ Proxy, Targets: targets(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a web ACL', () => {
  const Acl = resource('AWS::WAFv2::WebACL', { Scope: 'REGIONAL' });
  const association = (WebACLArn: unknown) => resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: 'a', WebACLArn });
  itJudges(webAclUses, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'guards a load balancer, or a distribution', system: here({ Acl, Own: association(att('Acl')), Edge: resource('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' }), Distribution: resource('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: att('Edge') } }) }), verdict: [] },
    { name: 'guards nothing', system: here({ Acl }), verdict: ['Acl us-east-1: The web ACL guards nothing'] },
    { name: 'may be the one that deployment names', system: here({ Acl, Own: association(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a target group', () => {
  const Group = resource('AWS::ElasticLoadBalancingV2::TargetGroup');
  const forward = { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Group') }] } };
  const members = (TargetGroupArn: unknown) => resource('AWS::ECS::Service', { LoadBalancers: [{ TargetGroupArn, ContainerName: 'a', ContainerPort: 80 }] });
  itJudges(targetGroupUses, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'gets requests from a listener', system: here({ Group, Listener: resource('AWS::ElasticLoadBalancingV2::Listener', { DefaultActions: [forward] }) }), verdict: [] },
    { name: 'gets requests from a rule', system: here({ Group, Rule: resource('AWS::ElasticLoadBalancingV2::ListenerRule', { Actions: [{ Type: 'forward', TargetGroupArn: ref('Group') }] }) }), verdict: [] },
    { name: 'gets no requests', system: here({ Group, Listener: resource('AWS::ElasticLoadBalancingV2::Listener', { DefaultActions: [{ Type: 'fixed-response' }] }) }), verdict: ['Group us-east-1: Nothing forwards to the target group'] },
    { name: 'may be the one that deployment names', system: here({ Group, Rule: resource('AWS::ElasticLoadBalancingV2::ListenerRule', { Actions: ref('Given') }) }), options, verdict: [] },
  ]);
  itJudges(targetGroupMembers, [
    { name: 'has a service as its member', system: here({ Group, Service: members(ref('Group')) }), verdict: [] },
    { name: 'lists its targets', system: here({ Group: resource('AWS::ElasticLoadBalancingV2::TargetGroup', { Targets: [{ Id: '10.0.0.1' }] }) }), verdict: 'did-not-apply' },
    { name: 'has no members', system: here({ Group, Service: resource('AWS::ECS::Service') }), verdict: ['Group us-east-1: Nothing registers with the target group'] },
    { name: 'may be what deployment registers with', system: here({ Group, Service: members(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a hosted zone', () => {
  const Zone = resource('AWS::Route53::HostedZone', { Name: 'shop.example.com' });
  const record = (HostedZoneId: unknown) => resource('AWS::Route53::RecordSet', { Name: 'a.shop.example.com', Type: 'A', HostedZoneId });
  itJudges(zoneRecords, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'has records', system: here({ Zone, Record: record(ref('Zone')) }), verdict: [] },
    { name: 'has none', system: here({ Zone, Record: record('Z2FDTNDATAQYW2') }), verdict: ['Zone us-east-1: No record is in the zone'] },
    { name: 'may be the one that deployment names', system: here({ Zone, Record: record(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('the role of a function or a task', () => {
  const Role = resource('AWS::IAM::Role');
  const worker = (role: unknown) => resource('AWS::Lambda::Function', { Role: role });
  const stranger = ['Worker us-east-1: The code acts as a role that no template makes'];
  itJudges(workloadRoles, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'is one of the templates', system: here({ Role, Worker: worker(att('Role')), Task: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: att('Role') }) }), verdict: [] },
    { name: 'is written out', system: here({ Worker: worker({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/Administrator' }) }), verdict: stranger },
    { name: 'is one of another account', system: here({ Worker: worker('arn:aws:iam::111122223333:role/other') }), verdict: stranger },
    { name: 'may be one that deployment names', system: here({ Worker: worker(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a monitor of unusual spending', () => {
  const Monitor = resource('AWS::CE::AnomalyMonitor', { MonitorName: 'a' });
  const subscription = (...MonitorArnList: unknown[]) => resource('AWS::CE::AnomalySubscription', { MonitorArnList });
  itJudges(anomalyMonitorSubscriptions, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'tells somebody, as one of several', system: here({ Monitor, Other: Monitor, Subscription: subscription(att('Other', 'MonitorArn'), att('Monitor', 'MonitorArn')) }), verdict: [] },
    { name: 'tells nobody', system: here({ Monitor }), verdict: ['Monitor us-east-1: Nobody hears of the spending that the monitor finds unusual'] },
    { name: 'tells nobody while another one does', system: here({ Monitor, Other: Monitor, Subscription: subscription(att('Other', 'MonitorArn')) }), verdict: ['Monitor us-east-1: Nobody hears of the spending that the monitor finds unusual'] },
    { name: 'may be the one that deployment names', system: here({ Monitor, Subscription: subscription(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a role for pods', () => {
  const trusting = (Service: unknown) => resource('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] } });
  const Role = trusting('pods.eks.amazonaws.com');
  const association = (RoleArn: unknown) => resource('AWS::EKS::PodIdentityAssociation', { ClusterName: 'a', Namespace: 'a', ServiceAccount: 'a', RoleArn });
  itJudges(podRoles, [
    { name: 'is none', system: here({ Role: trusting('ec2.amazonaws.com') }), verdict: 'did-not-apply' },
    { name: 'is given to a service account', system: here({ Role, Own: association(att('Role')) }), verdict: [] },
    { name: 'is given to an add-on’s service account, and trusts by a list', system: here({ Role: trusting(['pods.eks.amazonaws.com']), AddOn: resource('AWS::EKS::Addon', { PodIdentityAssociations: [{ ServiceAccount: 'a', RoleArn: att('Role') }] }) }), verdict: [] },
    { name: 'is given to nobody', system: here({ Role, Other: Role, Own: association(att('Other')) }), verdict: ['Role us-east-1: No service account has the role'] },
    { name: 'may be the one that deployment names', system: here({ Role, Own: association(ref('Given')) }), options, verdict: [] },
  ]);
});
