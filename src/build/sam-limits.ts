import { MeridianError } from '../errors';
import { resourcesOf, SAM_TRANSFORM, type SamResource, type SamTemplate } from './sam-template';

/** SAM's types that invent a role when they are given none. */
const TYPES_WITH_ROLE = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

/**
 * Checks that a template can be expanded without asking AWS, and that the expansion would contain nothing but what was
 * authored and what follows from it.
 *
 * @param file what an error calls the template
 * @throws MeridianError when another transform than SAM's is asked for, a role is not explicit, or the template of an
 *   application would have to be fetched
 */
export function checkExpandable(file: string, template: SamTemplate): void {
  const { Transform = SAM_TRANSFORM } = template;
  if (Transform !== SAM_TRANSFORM) {
    throw new MeridianError(
      `${file}: transform ${JSON.stringify(Transform)} can't be expanded offline. Use ${SAM_TRANSFORM} only.`,
      1,
    );
  }
  for (const [logicalId, resource] of resourcesOf(template)) {
    const problem = problemOf(resource);
    if (problem) throw new MeridianError(`${file}: ${logicalId}: ${problem}`, 1);
  }
}

function problemOf({ Type, Properties }: SamResource): string | undefined {
  if (Type === 'AWS::Serverless::Application') {
    return "an application can't be expanded offline. Nest its template as AWS::CloudFormation::Stack.";
  }
  if (TYPES_WITH_ROLE.includes(Type) && Properties?.['Role'] === undefined) {
    return `no Role, so SAM would invent one. Give the ${Type} a role of the template.`;
  }
  return undefined;
}
