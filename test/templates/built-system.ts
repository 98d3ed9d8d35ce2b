import type { Environment, RegionPair, TemplateDefinition } from '../../src/cfn';
import type { BuildContext } from '../../src/cfn/context';
import type { Outputs, Parameters } from '../../src/cfn/parameters';
import { render } from '../../src/cfn/render';
import { resolveInstance, type ResolvedInstance, type ResolvedResource, type ResolvedStack, type Template } from '../../src/resolve';
import { unread } from '../requirements/recording';
import { pathOf, recorded } from '../requirements/view';

/** What a system's templates are built with. */
interface SystemUnderTest<Settings, EnvironmentName extends string> {
  readonly system: string;
  readonly environments: Readonly<Record<EnvironmentName, Environment<Settings>>>;
  readonly regions: RegionPair;
  readonly namePattern: string;
  readonly costCenter: string;
  readonly compliance: string;
  readonly nameTags?: boolean;
}

/** The account of all resolved templates whose test names no other. */
const account = '111111111111';

/** One system's templates, each built and resolved once for all tests; what assertions read of them is recorded. */
export function builtSystem<Settings, EnvironmentName extends string>(of: SystemUnderTest<Settings, EnvironmentName>) {
  type Definition = TemplateDefinition<Parameters, Outputs, Settings>;
  const templates = new Map<string, Template>();
  const instances = new Map<string, ResolvedInstance>();
  /** A number for each definition: two templates of one name, such as those of several clusters, are two. */
  const numbers = new Map<Definition, number>();
  const numberOf = (definition: Definition): number => once(numbers, definition, () => numbers.size);

  /** The context in which the system builds its templates. */
  function contextOf(environment: EnvironmentName): BuildContext<Settings> {
    const { system, regions, namePattern, nameTags, costCenter, compliance } = of;
    const { short, settings } = of.environments[environment];
    const tags = { CostCenter: costCenter, Environment: environment, Compliance: compliance, System: system };
    return { system, environment, shortEnvironment: short, namePattern, regions, settings, tags, nameTags, bounded: true, instances: new Map() };
  }

  /** A template as it is rendered, made once for all tests. */
  function rendered(definition: Definition, environment: EnvironmentName): Template {
    return once(templates, `${environment}/${numberOf(definition)}`, () => JSON.parse(render(definition.build(contextOf(environment)).template)) as Template);
  }

  /** A template as it is emitted, before SAM is expanded. */
  function emitted(definition: Definition, environment: EnvironmentName): Template {
    return recorded(`${environment}/${definition.name}`, rendered(definition, environment));
  }

  function resolvedOnce(definition: Definition, environment: EnvironmentName, region: string, parameters: Readonly<Record<string, string>>, accountId: string): ResolvedInstance {
    const id = `${of.system}/${environment}/${definition.name}/${region}`;
    return once(instances, `${id} ${numberOf(definition)} ${accountId} ${JSON.stringify(parameters)}`, () => {
      const root = rendered(definition, environment);
      const used = Object.entries(parameters).filter(([name]) => root.Parameters?.[name]);
      return resolveInstance({ root, file: `${definition.name}.json`, region, accountId, id, parameters: Object.fromEntries(used) });
    });
  }

  /**
   * A template as its instance in a region has it: conditions, mappings and names resolved.
   * @param parameters values for every environment; what an environment's template has no use for is left out
   */
  function instanceOf(definition: Definition, environment: EnvironmentName, region: string, parameters: Readonly<Record<string, string>> = {}, accountId = account): ResolvedInstance {
    return recorded(`${environment}/${definition.name} ${region}`, resolvedOnce(definition, environment, region, parameters, accountId));
  }

  /** The one stack of such an instance. */
  function stackOf(definition: Definition, environment: EnvironmentName, region: string, parameters: Readonly<Record<string, string>> = {}): ResolvedStack {
    return recorded(`${environment}/${definition.name} ${region}`, resolvedOnce(definition, environment, region, parameters, account).root);
  }

  return { contextOf, emitted, instanceOf, stackOf };
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

function once<Key, T>(made: Map<Key, T>, key: Key, make: () => T): T {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}
