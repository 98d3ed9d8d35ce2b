import type { TemplateDefinition } from '../../../src/cfn';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import type { ResolvedInstance } from '../../../src/resolve';
import type { KashaSettings } from '../../../templates/systems/kasha/environments';
import { instanceOf, type EnvironmentName } from './built';

export { resourceOf, resourcesOf } from '../built-system';

/** The account of all resolved templates. */
export const account = '111122223333';

/** One of Kasha's templates as its instance in a region has it, with these parameters and with the edges between its resources. */
export function resolvedTemplate<P extends Parameters, O extends Outputs>(
  definition: TemplateDefinition<P, O, KashaSettings>,
  environment: EnvironmentName,
  region: string,
  parameters: Readonly<Record<string, string>>,
): ResolvedInstance {
  return instanceOf(definition, environment, region, parameters, account);
}
