import { leavesOf, type Value } from '../../resolve';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import { shownName } from './name-key';

/** Types that run code, and where they name the roles that it acts as. */
const roleProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::TaskDefinition': ['ExecutionRoleArn', 'TaskRoleArn'],
  'AWS::Lambda::Function': ['Role'],
  'AWS::StepFunctions::StateMachine': ['RoleArn'],
};

/**
 * A role that no template makes has rights that no rule has judged.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export const workloadRoles: Invariant = {
  id: 'code_acts_as_roles_of_the_templates',
  title: 'Functions, tasks and state machines act as roles that the templates make',
  severity: 'CRITICAL',
  controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-6', 'SOC 2 CC6.3', 'MAS TRM 2021 9.2'],
  requirements: ['KSH-50', 'KSH-51'],
  fix: 'Make the role beside it by role(), with the rights that the code needs',
  ofCatalogue: true,
  judge: (environment) => {
    const uses = Object.entries(roleProperties).flatMap(([type, properties]) => environment.of(type).flatMap((resource) => properties.flatMap((property) => resource.all(property).map((role) => ({ resource, property, role })))));
    return judgeEach(uses, ({ resource, property, role }) => (isStranger(environment, role) ? [{ resource, property, what: 'The code acts as a role that no template makes', now: `${property}: ${shownName(role)}` }] : []));
  },
};

/** A name or ARN that is written out, but for the account and the partition. */
function isStranger(environment: EnvironmentResources, role: Value): boolean {
  if (environment.targets(role).length > 0) return false;
  return leavesOf(role).every(({ origin }) => origin.kind === 'pseudo') && !shownName(role).includes(':role/aws-service-role/');
}
