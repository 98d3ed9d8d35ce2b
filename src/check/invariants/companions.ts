import { isKnown } from '../../resolve';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/** What a resource is nothing without: others that name it. */
interface Companion extends Omit<Invariant, 'judge' | 'ofCatalogue'> {
  readonly type: string;
  /** Which of the type need one. @default all */
  readonly applies?: (resource: PlacedResource) => boolean;
  /** Types and properties by which others name it. */
  readonly namedBy: Readonly<Record<string, readonly string[]>>;
  readonly what: string;
}

/** An invariant that asks for companions. One that names what only deployment knows may mean any. */
function companion({ type, applies = () => true, namedBy, what, ...about }: Companion): Invariant {
  return {
    ...about,
    ofCatalogue: true,
    judge: (environment) => judgeEach(environment.of(type).filter(applies), (resource) => (isNamed(environment, resource, namedBy) ? [] : [{ resource, what, now: `no ${Object.keys(namedBy).map((name) => name.split('::').at(-1)).join(' or ')} names it` }])),
  };
}

function isNamed(environment: EnvironmentResources, resource: PlacedResource, namedBy: Companion['namedBy']): boolean {
  return Object.entries(namedBy).some(([type, properties]) =>
    environment.of(type).some((other) => properties.flatMap((property) => other.all(property)).some((value) => environment.targets(value).includes(resource) || (other.region === resource.region && !isKnown(value) && environment.targets(value).length === 0))),
  );
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html */
export const proxyTargets = companion({
  id: 'proxies_lead_to_a_database',
  title: 'Every database proxy has targets',
  severity: 'HIGH',
  controls: ['SOC 2 A1.2', 'NIST 800-53 r5 CP-10'],
  requirements: ['KSH-52'],
  fix: 'Make it by databaseProxy(), which registers the database',
  type: 'AWS::RDS::DBProxy',
  namedBy: { 'AWS::RDS::DBProxyTargetGroup': ['DBProxyName'] },
  what: 'The proxy leads nowhere',
});

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html */
export const webAclUses = companion({
  id: 'web_acls_guard_something',
  title: 'Every web ACL guards a load balancer, an API or a distribution',
  severity: 'HIGH',
  controls: ['PCI DSS 4.0.1 6.4.2', 'NIST 800-53 r5 SC-7', 'SOC 2 CC6.6', 'MAS TRM 2021 11.2'],
  requirements: ['KSH-99', 'KSH-119'],
  fix: 'Associate it by webAclAssociation(), or name it in webAclArn of distribution()',
  type: 'AWS::WAFv2::WebACL',
  namedBy: { 'AWS::WAFv2::WebACLAssociation': ['WebACLArn'], 'AWS::CloudFront::Distribution': ['DistributionConfig.WebACLId'] },
  what: 'The web ACL guards nothing',
});

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html */
export const targetGroupUses = companion({
  id: 'target_groups_get_requests',
  title: 'Every target group gets requests from a listener or one of its rules',
  severity: 'HIGH',
  controls: ['SOC 2 A1.2', 'NIST 800-53 r5 CP-10'],
  requirements: ['KSH-23', 'KSH-28'],
  fix: 'Forward to it in an action of listener() or listenerRule()',
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  namedBy: { 'AWS::ElasticLoadBalancingV2::Listener': ['DefaultActions'], 'AWS::ElasticLoadBalancingV2::ListenerRule': ['Actions'] },
  what: 'Nothing forwards to the target group',
});

/** @see https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html */
export const anomalyMonitorSubscriptions = companion({
  id: 'anomaly_monitors_tell_somebody',
  title: 'Every monitor of unusual spending has a subscription',
  severity: 'MEDIUM',
  controls: ['SOC 2 CC7.2', 'NIST 800-53 r5 SI-4'],
  requirements: ['FTG-66', 'FTG-68'],
  fix: 'Name the monitor in MonitorArnList of an AWS::CE::AnomalySubscription',
  type: 'AWS::CE::AnomalyMonitor',
  namedBy: { 'AWS::CE::AnomalySubscription': ['MonitorArnList'] },
  what: 'Nobody hears of the spending that the monitor finds unusual',
});

/** @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html */
export const podRoles = companion({
  id: 'pod_roles_are_given_to_pods',
  title: 'Every role for pods is given to a service account: without it pods act with the role of their node',
  severity: 'MEDIUM',
  controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-6', 'SOC 2 CC6.3'],
  requirements: ['FTG-24'],
  fix: 'Make the role by podIdentity(), which associates it with its service account',
  type: 'AWS::IAM::Role',
  applies: (role) => role.all('AssumeRolePolicyDocument.Statement.*.Principal.Service').flat().includes('pods.eks.amazonaws.com'),
  namedBy: { 'AWS::EKS::PodIdentityAssociation': ['RoleArn'], 'AWS::EKS::Addon': ['PodIdentityAssociations.*.RoleArn'] },
  what: 'No service account has the role',
});

/** Targets that register themselves by their address come from services; an EKS controller registers its own. */
export const targetGroupMembers = companion({
  id: 'target_groups_have_members',
  title: 'Every target group has members: a service, an Auto Scaling group, or targets that it lists',
  severity: 'HIGH',
  controls: ['SOC 2 A1.2', 'NIST 800-53 r5 CP-10'],
  requirements: ['KSH-23', 'KSH-28'],
  fix: 'Give fargateService() the target group',
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  applies: (group) => group.at('Targets') === undefined && group.all('Tags.*.Key').every((key) => typeof key !== 'string' || !key.startsWith('elbv2.k8s.aws/')),
  namedBy: { 'AWS::ECS::Service': ['LoadBalancers'], 'AWS::AutoScaling::AutoScalingGroup': ['TargetGroupARNs'], 'AWS::EKS::Cluster': ['Name'] },
  what: 'Nothing registers with the target group',
});

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-working-with.html */
export const zoneRecords = companion({
  id: 'zones_have_records',
  title: 'Every hosted zone has records',
  severity: 'MEDIUM',
  controls: ['NIST 800-53 r5 SC-20', 'SOC 2 A1.2'],
  requirements: ['KSH-107'],
  fix: 'Write the records of the zone, or delete it: its names lead nowhere',
  type: 'AWS::Route53::HostedZone',
  namedBy: { 'AWS::Route53::RecordSet': ['HostedZoneId'], 'AWS::Route53::RecordSetGroup': ['HostedZoneId', 'RecordSets.*.HostedZoneId'] },
  what: 'No record is in the zone',
});
