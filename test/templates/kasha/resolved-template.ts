import type { TemplateDefinition } from '../../../src/cfn';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import type { ResolvedInstance, ResolvedResource } from '../../../src/resolve';
import type { KashaSettings } from '../../../templates/systems/kasha/environments';
import { unread } from '../../requirements/recording';
import { pathOf, recorded } from '../../requirements/view';
import { instanceOf, type EnvironmentName } from './built';

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

/** A resource of an instance, which must have it. */
export function resourceOf(instance: ResolvedInstance, id: string): ResolvedResource {
  const resource = unread(() => instance.resource(id));
  if (!resource) throw new Error(`${instance.id} has no resource ${id}: it has ${[...instance.resources()].map((other) => other.id).join(', ')}`);
  return resource;
}

/** The resources of a type. */
export function resourcesOf(instance: ResolvedInstance, type: string): readonly ResolvedResource[] {
  const own = unread(() => [...instance.resources()].filter((resource) => resource.type === type));
  return recorded(`${pathOf(instance)} ${type}`, own);
}
