import type { RegionPair } from '../../../src/cfn';
import type { BuildContext } from '../../../src/cfn/context';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import { render } from '../../../src/cfn/render';
import type { TemplateDefinition } from '../../../src/cfn';
import { resolveInstance, type ResolvedInstance, type ResolvedStack, type Template } from '../../../src/resolve';
import { environments, type KashaSettings } from '../../../templates/systems/kasha/environments';
import { unread } from '../../requirements/recording';
import { pathOf, recorded } from '../../requirements/view';

export type EnvironmentName = keyof typeof environments;
type Definition = TemplateDefinition<Parameters, Outputs, KashaSettings>;

const regions: RegionPair = { primary: 'us-east-1', secondary: 'ap-southeast-1' };

/** The context in which Kasha builds its templates. */
export function contextOf(environment: EnvironmentName): BuildContext<KashaSettings> {
  const { short, settings } = environments[environment];
  return {
    system: 'kasha',
    environment,
    shortEnvironment: short,
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    regions,
    settings,
    tags: { CostCenter: 'kasha', Environment: environment, Compliance: 'pci-dss soc2', System: 'kasha' },
    bounded: true,
    instances: new Map(),
  };
}

const templates = new Map<string, Template>();
const instances = new Map<string, ResolvedInstance>();

/** A template of Kasha's as it is rendered, made once for all tests. */
function rendered(definition: Definition, environment: EnvironmentName): Template {
  return once(templates, `${environment}/${definition.name}`, () => JSON.parse(render(definition.build(contextOf(environment)).template)) as Template);
}

/** A template of Kasha's as it is emitted, before SAM is expanded. */
export function emitted(definition: Definition, environment: EnvironmentName = 'production'): Template {
  return recorded(`${environment}/${definition.name}`, rendered(definition, environment));
}

function resolvedOnce(definition: Definition, environment: EnvironmentName, region: string, parameters: Readonly<Record<string, string>>, accountId: string): ResolvedInstance {
  const id = `kasha/${environment}/${definition.name}/${region}`;
  return once(instances, `${id} ${accountId} ${JSON.stringify(parameters)}`, () => {
    const root = rendered(definition, environment);
    const used = Object.entries(parameters).filter(([name]) => root.Parameters?.[name]);
    return resolveInstance({ root, file: `${definition.name}.json`, region, accountId, id, parameters: Object.fromEntries(used) });
  });
}

/**
 * A template of Kasha's as its instance in a region has it: conditions, mappings and names resolved.
 * @param parameters values for every environment; what an environment's template has no use for is left out
 */
export function instanceOf(definition: Definition, environment: EnvironmentName, region: string, parameters: Readonly<Record<string, string>>, accountId: string): ResolvedInstance {
  return recorded(`${environment}/${definition.name} ${region}`, resolvedOnce(definition, environment, region, parameters, accountId));
}

/** The one stack of such an instance, in the account 111111111111. */
export function resolved(
  definition: Definition,
  region: 'us-east-1' | 'ap-southeast-1' = 'us-east-1',
  environment: EnvironmentName = 'production',
  parameters: Readonly<Record<string, string>> = {},
): ResolvedStack {
  return recorded(`${environment}/${definition.name} ${region}`, resolvedOnce(definition, environment, region, parameters, '111111111111').root);
}

/** Properties of all resources of a type, by logical id. */
export function ofType(stack: ResolvedStack, type: string): Readonly<Record<string, any>> {
  const own = unread(() => [...stack.resources.values()].filter((resource) => resource.type === type).map(({ logicalId, properties }) => [logicalId, properties] as const));
  return recorded(`${pathOf(stack)} ${type}`, Object.fromEntries(own));
}

/** What the JSON text in a property says, read like the rest of the template. */
export function jsonIn(properties: Readonly<Record<string, any>>, key: string): unknown {
  return recorded(`${pathOf(properties)}.${key}`, JSON.parse(unread(() => properties[key] as string)) as unknown);
}

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}
