import { MeridianError } from '../errors';

/** What a StackSet stands for. */
export interface StackSetIdentity {
  readonly system: string;
  readonly environment: string;
  readonly suffix: string;
  readonly deployment: string;
}

/** Instance stacks are called `StackSet-<name>-<36 characters>`, and a stack name ends at 128 characters. */
const longest = 128 - 'StackSet-'.length - 37;

/**
 * The name of a deployment's StackSet, `meridian-<system>-<environment>-<suffix>-<deployment>`.
 * @throws MeridianError when it is over CloudFormation's limit
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html
 */
export function stackSetName({ system, environment, suffix, deployment }: StackSetIdentity): string {
  const name = `meridian-${system}-${environment}-${suffix}-${deployment}`;
  if (name.length > longest || !/^[A-Za-z][-A-Za-z0-9]*$/.test(name)) {
    throw new MeridianError(
      `StackSet name "${name}" unusable: it takes 1 to ${longest} letters, digits and hyphens, this has ${name.length} characters. Shorten the system's, environment's or deployment's name.`,
      2,
    );
  }
  return name;
}
