import { planRoleName, rolloutRoleName, type Administrator } from '../../../templates/bootstrap';
import { MeridianError } from '../../errors';

const session = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]+$/;
const role = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:[\w+=,.@/-]+\/)?([\w+=,.@-]+)$/;
const other = /^arn:aws[a-z-]*:iam::(\d{12}):(?:root|user\/[\w+=,.@/-]+)$/;

/**
 * Who may look into an account on behalf of rollouts. A role counts by its name, which is unique in its account: a session of it does not
 * tell its path. The roles of GitHub's workflows count as one, whichever environment it is: all of them roll, and the one of pull requests plans.
 * @param arn of a role or user, or of the session of a role as "aws sts get-caller-identity" tells it
 * @throws MeridianError (exit 2) for anything else
 */
export function administratorOf(arn: string): Administrator {
  const [, partition = '', account = '', name = ''] = session.exec(arn) ?? role.exec(arn) ?? [];
  if (name === planRoleName || name.startsWith(rolloutRoleName(''))) {
    const roleArn = (each: string): string => `arn:${partition}:iam::${account}:role/${each}`;
    return { account, principals: [roleArn(rolloutRoleName('*'))], planners: [roleArn(planRoleName)] };
  }
  if (name !== '') return { account, principals: [`arn:${partition}:iam::${account}:role/${name}`, `arn:${partition}:iam::${account}:role/*/${name}`] };
  const owner = other.exec(arn)?.[1];
  if (owner !== undefined) return { account: owner, principals: [arn] };
  throw new MeridianError(`Administrator "${arn}" unusable: it is no ARN of a role or user. Give what "aws sts get-caller-identity" says in the account that rolls.`, 2);
}
