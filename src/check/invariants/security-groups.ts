import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/** Rules open a group; they are no use of it. */
const ruleTypes = new Set(['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress', 'AWS::SSM::Parameter', 'AWS::CloudFormation::Stack']);

/**
 * One use in any region is enough: a StackSet makes the same groups in all.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export const securityGroups: Invariant = {
  id: 'security_groups_are_in_use',
  title: 'Every security group guards something: what is open for nobody is open by mistake',
  severity: 'LOW',
  controls: ['PCI DSS 4.0.1 1.2.5', 'NIST 800-53 r5 CM-7', 'SOC 2 CC6.6'],
  requirements: ['KSH-14', 'KSH-16', 'KSH-18'],
  fix: 'Attach the group to what it is for, or delete it with its rules',
  ofCatalogue: true,
  judge: (environment) => {
    const used = new Set(environment.all().filter(({ type }) => !ruleTypes.has(type)).flatMap(({ resource }) => environment.targets(resource.properties)));
    const isUsed = (group: PlacedResource): boolean => environment.of(group.type).some((twin) => twin.resource.id === group.resource.id && twin.deployment === group.deployment && used.has(twin));
    return judgeEach(environment.of('AWS::EC2::SecurityGroup'), (group) => (isUsed(group) ? [] : [{ resource: group, what: 'Nothing is in the security group', now: 'no resource of the environment names it' }]));
  },
};
