import { isObject, listOf, type Json, type JsonObject } from '../json';
import { absent, anyOf, drop, replace, set, withElement } from '../mistakes';
import type { Operator } from '../operator';
import { actionsOf, allows, hasPrincipal, inStatements, lacking } from '../statements';

const identityTypes = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
const documents = ['PolicyDocument', 'Policies[].PolicyDocument'];
const trust = ['AssumeRolePolicyDocument'];
const leastPrivilege = ['PCI DSS 4.0.1 7.2.2', 'NIST 800-53 r5 AC-6', 'SOC 2 CC6.3'];

const nothing: JsonObject = {};
const equals = (key: string, value: Json): JsonObject => ({ StringEquals: { [key]: value } });
const like = (key: string, value: Json): JsonObject => ({ StringLike: { [key]: value } });
const allow = (action: string | readonly string[], resource = '*') => ({ Effect: 'Allow', Action: action, Resource: resource });
const granting = (action: string | readonly string[], resource?: string) => anyOf(...documents.map((path) => withElement(`${path}.Statement`, allow(action, resource))));

/** Mistakes in IAM roles and policies. */
export const iamOperators: readonly Operator[] = [
  { id: 'iam-action-any', title: 'A policy statement allows every action of every service', severity: 'CRITICAL', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (allows(one) && one.Action !== undefined ? { ...one, Action: '*' } : undefined)) },
  { id: 'iam-action-any-of-service', title: 'A policy statement allows every action of a service', severity: 'HIGH', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (allows(one) && actionsOf(one).some((action) => !action.endsWith(':*')) ? { ...one, Action: [...new Set(actionsOf(one).map((action) => `${action.split(':')[0]}:*`))] } : undefined)) },
  { id: 'iam-resource-any', title: 'A statement that changes things is opened from named resources to all', severity: 'HIGH', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (allows(one) && actionsOf(one).some((action) => !/:(Describe|List|Get)/.test(action)) && !listOf(one.Resource).includes('*') ? { ...one, Resource: '*' } : undefined)) },
  { id: 'iam-resource-any-among-others', title: 'A star hides at the end of a list of named resources', severity: 'HIGH', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (allows(one) && actionsOf(one).some((action) => !/:(Describe|List|Get)/.test(action)) && one.Resource !== undefined && !listOf(one.Resource).includes('*') ? { ...one, Resource: [...listOf(one.Resource), '*'] } : undefined)) },
  { id: 'iam-administrator-statement', title: 'A statement that allows everything on everything is added', severity: 'CRITICAL', controls: ['CIS AWS 5.0.0 1.15', ...leastPrivilege], types: identityTypes, mistake: granting('*') },
  { id: 'iam-administrator-policy', title: 'The managed policy AdministratorAccess is attached to a role', severity: 'CRITICAL', controls: leastPrivilege, types: ['AWS::IAM::Role'],
    mistake: withElement('ManagedPolicyArns', 'arn:aws:iam::aws:policy/AdministratorAccess') },
  { id: 'iam-power-user-policy', title: 'The managed policy PowerUserAccess is attached to a role', severity: 'HIGH', controls: leastPrivilege, types: ['AWS::IAM::Role'],
    mistake: withElement('ManagedPolicyArns', 'arn:aws:iam::aws:policy/PowerUserAccess') },
  { id: 'iam-full-access-policy', title: 'A managed policy with full access to a service is attached to a role', severity: 'HIGH', controls: leastPrivilege, types: ['AWS::IAM::Role'],
    mistake: withElement('ManagedPolicyArns', 'arn:aws:iam::aws:policy/AmazonS3FullAccess') },
  { id: 'iam-pass-any-role', title: 'Any role may be passed to any service: whoever may start a task becomes that role', severity: 'CRITICAL', controls: leastPrivilege, types: identityTypes, mistake: granting('iam:PassRole') },
  { id: 'iam-pass-role-without-service', title: 'The condition that says to which service a role may be passed is gone', severity: 'MEDIUM', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (actionsOf(one).includes('iam:PassRole') && one.Condition !== undefined ? lacking(one, 'Condition') : undefined)) },
  { id: 'iam-escalate-by-policy-version', title: 'A role may write a new default version of any policy, its own among them', severity: 'CRITICAL', controls: leastPrivilege, types: identityTypes, mistake: granting(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion']) },
  { id: 'iam-escalate-by-attachment', title: 'A role may attach any policy to itself', severity: 'CRITICAL', controls: leastPrivilege, types: identityTypes, mistake: granting(['iam:AttachRolePolicy', 'iam:PutRolePolicy']) },
  { id: 'iam-escalate-by-trust', title: 'A role may rewrite whom other roles trust', severity: 'CRITICAL', controls: leastPrivilege, types: identityTypes, mistake: granting('iam:UpdateAssumeRolePolicy') },
  { id: 'iam-escalate-by-access-key', title: 'A role may make access keys for any user', severity: 'CRITICAL', controls: leastPrivilege, types: identityTypes, mistake: granting(['iam:CreateAccessKey', 'iam:CreateLoginProfile']) },
  { id: 'iam-escalate-by-function-code', title: 'A role may replace the code of any function and so act as its role', severity: 'HIGH', controls: leastPrivilege, types: identityTypes, mistake: granting(['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration']) },
  { id: 'iam-assume-any-role', title: 'A role may assume any role', severity: 'HIGH', controls: leastPrivilege, types: identityTypes, mistake: granting('sts:AssumeRole') },
  { id: 'iam-read-any-secret', title: 'A role may read every secret of the account', severity: 'HIGH', controls: leastPrivilege, types: identityTypes, mistake: granting('secretsmanager:GetSecretValue') },
  { id: 'iam-decrypt-with-any-key', title: 'A role may decrypt with every key of the account', severity: 'HIGH', controls: leastPrivilege, types: identityTypes, mistake: granting(['kms:Decrypt', 'kms:ReEncryptFrom']) },
  { id: 'iam-read-any-object', title: 'A role may read every object of every bucket', severity: 'HIGH', controls: leastPrivilege, types: identityTypes, mistake: granting('s3:GetObject', 'arn:aws:s3:::*') },
  { id: 'iam-stop-audit-trail', title: 'A role may stop or delete the audit trail', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.3.2', 'NIST 800-53 r5 AU-9'], types: identityTypes, mistake: granting(['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail']) },
  { id: 'iam-not-action', title: 'A statement allows everything but what it names', severity: 'CRITICAL', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (allows(one) && one.Action !== undefined ? { ...lacking(one, 'Action'), NotAction: 'iam:*' } : undefined)) },
  { id: 'iam-not-resource', title: 'A statement allows everything but on what it names', severity: 'HIGH', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (allows(one) && one.Resource !== undefined && !listOf(one.Resource).includes('*') ? { ...lacking(one, 'Resource'), NotResource: 'arn:aws:s3:::unrelated/*' } : undefined)) },
  { id: 'iam-policy-condition-removed', title: 'The condition that limits what a statement allows is gone', severity: 'MEDIUM', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (allows(one) && one.Condition !== undefined && !actionsOf(one).includes('iam:PassRole') ? lacking(one, 'Condition') : undefined)) },
  { id: 'iam-deny-removed', title: 'A statement that denies is gone', severity: 'HIGH', controls: leastPrivilege, types: identityTypes,
    mistake: inStatements(documents, (one) => (one.Effect === 'Deny' ? absent : undefined)) },
  { id: 'iam-trust-anybody', title: 'Anybody in any account may assume the role', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-3', 'SOC 2 CC6.1'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (allows(one) ? { ...lacking(one, 'Condition'), Principal: { AWS: '*' } } : undefined)) },
  { id: 'iam-trust-anybody-as-text', title: 'The role trusts the principal "*"', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-3'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (allows(one) ? { ...one, Principal: '*' } : undefined)) },
  { id: 'iam-trust-other-account', title: 'A foreign account may assume the role, without an external id', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-3', 'SOC 2 CC6.1'], types: ['AWS::IAM::Role'],
    mistake: withElement('AssumeRolePolicyDocument.Statement', { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::210987654321:root' }, Action: 'sts:AssumeRole' }) },
  { id: 'iam-trust-own-account', title: 'Every principal of the account may assume a role that was for one service', severity: 'HIGH', controls: leastPrivilege, types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (allows(one) && hasPrincipal(one, 'Service') ? { ...lacking(one, 'Condition'), Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } } } : undefined)) },
  { id: 'iam-trust-other-service', title: 'EC2 may assume a role that was for another service', severity: 'MEDIUM', controls: leastPrivilege, types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (allows(one) && hasPrincipal(one, 'Service') && isObject(one.Principal) && one.Principal.Service !== 'ec2.amazonaws.com' ? { ...one, Principal: { Service: [...listOf(one.Principal.Service), 'ec2.amazonaws.com'] } } : undefined)) },
  { id: 'iam-trust-confused-deputy', title: 'A service may assume the role on behalf of any account: the source condition is gone', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-3', 'SOC 2 CC6.1'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (hasPrincipal(one, 'Service') && one.Condition !== undefined ? lacking(one, 'Condition') : undefined)) },
  { id: 'iam-trust-any-pod', title: 'Any service account of any identity provider user may assume a pod role: its condition is gone', severity: 'CRITICAL', controls: ['NIST 800-53 r5 AC-3', 'PCI DSS 4.0.1 7.2.5'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (hasPrincipal(one, 'Federated') && one.Condition !== undefined ? lacking(one, 'Condition') : undefined)) },
  { id: 'iam-trust-any-service-account', title: 'Every service account of the cluster may assume the role of one', severity: 'CRITICAL', controls: ['NIST 800-53 r5 AC-3', 'PCI DSS 4.0.1 7.2.5'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (hasPrincipal(one, 'Federated') ? withCondition(one, (key, value) => (key.endsWith(':sub') ? like(key, 'system:serviceaccount:*') : equals(key, value))) : undefined)) },
  { id: 'iam-trust-any-audience', title: 'Tokens that the cluster issued for something else are taken for the role’s', severity: 'HIGH', controls: ['NIST 800-53 r5 IA-8', 'PCI DSS 4.0.1 8.3.1'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (hasPrincipal(one, 'Federated') ? withCondition(one, (key, value) => (key.endsWith(':aud') ? nothing : equals(key, value))) : undefined)) },
  { id: 'iam-trust-any-pod-identity', title: 'Pods of every namespace may be given the role', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-6', 'PCI DSS 4.0.1 7.2.5'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (isPodIdentity(one) ? withCondition(one, (key, value) => (key.endsWith('/kubernetes-namespace') ? nothing : equals(key, value))) : undefined)) },
  { id: 'iam-pod-identity-untagged', title: 'EKS may not tag the session of a pod, which so gets no role', severity: 'MEDIUM', controls: ['SOC 2 A1.2'], types: ['AWS::IAM::Role'],
    mistake: inStatements(trust, (one) => (isPodIdentity(one) ? { ...one, Action: actionsOf(one).filter((action) => action !== 'sts:TagSession') } : undefined)) },
  { id: 'iam-boundary-removed', title: 'The permissions boundary of a role is gone', severity: 'MEDIUM', controls: leastPrivilege, types: ['AWS::IAM::Role', 'AWS::IAM::User'], mistake: drop('PermissionsBoundary') },
  { id: 'iam-long-session', title: 'A role may be assumed for twelve hours at a time', severity: 'LOW', controls: ['NIST 800-53 r5 AC-12'], types: ['AWS::IAM::Role'], mistake: set('MaxSessionDuration', 43_200) },
  { id: 'iam-fixed-name', title: 'An account-wide role name lacks the region: the second region cannot create it', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-7'], types: ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy'],
    mistake: anyOf(replace('RoleName', 'application'), replace('ManagedPolicyName', 'application')) },
];

/** Whether EKS Pod Identity gives the role to pods. */
const isPodIdentity = (statement: JsonObject): boolean => isObject(statement.Principal) && listOf(statement.Principal.Service).includes('pods.eks.amazonaws.com');

/** A statement each of whose conditions for equality is written anew. */
function withCondition(statement: JsonObject, written: (key: string, value: Json) => JsonObject): JsonObject | undefined {
  const equal = isObject(statement.Condition) ? statement.Condition.StringEquals : undefined;
  if (!isObject(equal)) return undefined;
  const Condition: Record<string, JsonObject> = {};
  for (const [key, value] of Object.entries(equal)) {
    for (const [operator, condition] of Object.entries(written(key, value))) Condition[operator] = { ...Condition[operator], ...(isObject(condition) ? condition : {}) };
  }
  return { ...statement, Condition };
}
