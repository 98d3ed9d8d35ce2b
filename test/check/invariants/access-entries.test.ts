import { accessEntries } from '../../../src/check/invariants/access-entries';
import { itJudges, resource, type Case, type Resources } from './small-system';

const policy = (name: string, Type: string) => ({ PolicyArn: { 'Fn::Sub': `arn:\${AWS::Partition}:eks::aws:cluster-access-policy/${name}` }, AccessScope: { Type } });
const entry = (Properties: Readonly<Record<string, unknown>>) => ({ ...resource('AWS::EKS::AccessEntry', Properties), Condition: 'Never' as const });
const here = (Entry: Resources[string]): Case['system'] => ({ platform: { 'us-east-1': { Entry } } });
const tooMuch = ['platform us-east-1 Entry would give too much'];

describe('an access entry that waits for a role', () => {
  const cases: Case[] = [
    { name: 'does not apply to one that stands, which a rule judges', system: here(resource('AWS::EKS::AccessEntry', { AccessPolicies: [policy('AmazonEKSClusterAdminPolicy', 'cluster')] })), verdict: 'did-not-apply' },
    { name: 'does not apply to anything else that is left out', system: here({ Type: 'AWS::SNS::Topic', Condition: 'Never' }), verdict: 'did-not-apply' },
    { name: 'may administer a namespace and see the cluster', system: here(entry({ AccessPolicies: [policy('AmazonEKSAdminPolicy', 'namespace'), policy('AmazonEKSViewPolicy', 'cluster')], KubernetesGroups: ['pipeline'] })), verdict: [] },
    { name: 'may give nothing', system: here(entry({})), verdict: [] },
    { name: 'administers the cluster', system: here(entry({ AccessPolicies: [policy('AmazonEKSClusterAdminPolicy', 'cluster')] })), verdict: tooMuch },
    { name: 'changes every namespace', system: here(entry({ AccessPolicies: [policy('AmazonEKSEditPolicy', 'cluster')] })), verdict: tooMuch },
    { name: 'joins a group of Kubernetes itself', system: here(entry({ KubernetesGroups: ['viewers', 'system:masters'] })), verdict: tooMuch },
  ];
  itJudges(accessEntries, cases);
});
