import { Fn } from '../../src/cfn';
import { Role } from '../../src/cfn/generated/iam';
import { policyDocument, type Statement } from '../modules/security/policy';
import { bootstrapTemplate, type BootstrapTemplate } from './bootstrap-template';
import { accessRoleName, administrationRoleName, planAccessRoleName } from './names';
import { bringingStatements, lookingStatements } from './rights';
import { executionRole } from './roles';

/** Who rolls into an account that has no StackSets of its own. */
export interface Administrator {
  /** The account that has the StackSets, twelve digits. */
  readonly account: string;
  /** ARNs, or patterns of them, of the roles or users of that account that rollouts run as. */
  readonly principals: readonly string[];
  /** Those of the roles that only plan. @default none */
  readonly planners?: readonly string[];
}

/**
 * What an account needs besides its buckets to be rolled into from another one: the execution role, which trusts the administration role
 * there, and the access role, with which a rollout sees how its stacks fare, reads wires and uploads artifacts. That one can't change a stack.
 * Who only plans has a role that uploads nothing either.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export function memberTemplate({ account, principals, planners = [] }: Administrator): BootstrapTemplate {
  return bootstrapTemplate('member', 'global', `Meridian: roles of the StackSets of account ${account}, and the boundary of the roles they create`, (t) => {
    executionRole(t, Fn.Sub(`arn:\${AWS::Partition}:iam::${account}:role/${administrationRoleName}`));
    const enteredBy = (RoleName: string, Description: string, who: readonly string[], statements: readonly Statement[]): Role =>
      new Role({
        RoleName,
        Description,
        AssumeRolePolicyDocument: policyDocument({
          Effect: 'Allow',
          Principal: { AWS: Fn.Sub(`arn:\${AWS::Partition}:iam::${account}:root`) },
          Action: ['sts:AssumeRole'],
          Condition: { ArnLike: { 'aws:PrincipalArn': who } },
        }),
        Policies: [{ PolicyName: 'access', PolicyDocument: policyDocument(...statements) }],
      });
    t.add('Access', enteredBy(accessRoleName, 'Rollouts of Meridian read stacks and wires with it, and upload artifacts', principals, [...lookingStatements(), ...bringingStatements()]));
    if (planners.length > 0) t.add('PlanAccess', enteredBy(planAccessRoleName, 'Plans of Meridian read stacks and wires with it', planners, lookingStatements()));
  });
}
