import type { Condition, Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Role } from '../../../src/cfn/generated/iam';
import { policyDocument, trustService, type Statement } from './policy';

/** A role that one AWS service assumes. */
export interface ServiceRoleSettings {
  /** Account-wide name: `t.resourceName('…', 'account')`. */
  readonly name: Name;
  readonly description: string;
  /** Service principal, for example `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** Condition of the trust. @default only for this account, against the confused deputy */
  readonly trustCondition?: Statement['Condition'] | 'none';
  /** What the role may do; each statement names its resources. A role without statements may do nothing. */
  readonly statements?: readonly Statement[];
  /** AWS managed policies by ARN, where AWS maintains the list of actions for its own agent. */
  readonly managedPolicyArns?: readonly Value<string>[];
  readonly when?: Condition;
}

/**
 * A service role with one inline policy, so that rights and role live and die together.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export function serviceRole(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ServiceRoleSettings): Handle<'AWS::IAM::Role', 'Arn' | 'RoleId'> {
  const { name, description, service, trustCondition, statements = [], managedPolicyArns, when } = settings;
  return t.add(
    id,
    new Role({
      RoleName: name,
      Description: description,
      AssumeRolePolicyDocument: trustService(service, trustCondition),
      ...(statements.length ? { Policies: [{ PolicyName: 'own', PolicyDocument: policyDocument(...statements) }] } : {}),
      ...(managedPolicyArns ? { ManagedPolicyArns: managedPolicyArns } : {}),
    }),
    { when },
  );
}
