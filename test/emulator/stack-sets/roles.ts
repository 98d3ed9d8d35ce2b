import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';

const STACK = 'meridian-conformance-roles';
const ADMINISTRATION = 'meridian-conformance-administration';
const EXECUTION = 'meridian-conformance-execution';

/** The roles of a self-managed stack set, as the API takes them. */
export interface Roles {
  readonly AdministrationRoleARN: string;
  readonly ExecutionRoleName: string;
}

/** Makes both roles in `account`, trusting the administration account; returns them as they are given to stack sets of that account. */
export async function makeRoles(cloudFormation: CloudFormation, account: string, administrationAccount = account): Promise<Roles> {
  await cloudFormation.createStack({ StackName: STACK, TemplateBody: template(administrationAccount), Capabilities: ['CAPABILITY_NAMED_IAM'] });
  await settled(cloudFormation, 'CREATE_COMPLETE');
  return { AdministrationRoleARN: `arn:aws:iam::${account}:role/${ADMINISTRATION}`, ExecutionRoleName: EXECUTION };
}

/** Deletes the roles again. */
export async function deleteRoles(cloudFormation: CloudFormation): Promise<void> {
  await cloudFormation.deleteStack({ StackName: STACK });
}

async function settled(cloudFormation: CloudFormation, wanted: string): Promise<void> {
  for (;;) {
    const stack = (await cloudFormation.describeStacks({ StackName: STACK })).Stacks?.[0];
    if (stack?.StackStatus === wanted) {
      return;
    }
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) {
      throw new Error(`Stack ${STACK}: it is in ${stack?.StackStatus}, not ${wanted}. Look at its events.`);
    }
    await sleep(50);
  }
}

function template(administrationAccount: string): string {
  const role = (name: string, principal: object, action: string) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: name,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] },
      Policies: [{ PolicyName: 'conformance', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] } }],
    },
  });
  return JSON.stringify({
    Resources: {
      Administration: role(ADMINISTRATION, { Service: 'cloudformation.amazonaws.com' }, 'sts:AssumeRole'),
      Execution: role(EXECUTION, { AWS: administrationAccount }, '*'),
    },
  });
}
