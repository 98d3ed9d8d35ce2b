import { posix } from 'node:path';
import type { InstanceContext } from './context';
import { refuseCycles } from './cycles';
import { edgesOf, secretsOf, unknownsOf } from './edges';
import type { Edge, ResolvedResource, ResolvedStack, SecretOccurrence, UnknownOccurrence } from './resolved';
import { resolveStack } from './resources';
import { openRoot } from './stack';
import type { Template } from './template';
import type { Value } from './unknown';
import { knownZones } from './zones';

/** What decides the resources of one instance. */
export interface InstanceInput {
  readonly root: Template;
  /** The nested templates by file name, as `TemplateURL` names them: `data.json` or `./data.json`. @default none */
  readonly templates?: Readonly<Record<string, Template>>;
  /** The root's file name in messages and origins. @default `root.json`, the name that the build gives it */
  readonly file?: string;
  /** Values of the root's parameters; for `AWS::SSM::Parameter::Value<…>` the SSM parameter's name. @default the template's defaults */
  readonly parameters?: Readonly<Record<string, Value>>;
  /** Values by SSM parameter name, see `wiresOf`. @default none, so that such parameters are unknown */
  readonly wires?: Readonly<Record<string, Value>>;
  readonly region: string;
  /** Twelve digits. @default unknown, because one set of templates serves every account */
  readonly accountId?: string;
  /** @default the partition of the region: `aws`, `aws-cn` or `aws-us-gov` */
  readonly partition?: string;
  /** Name of the root stack. @default unknown, because StackSets name the stacks of their instances themselves */
  readonly stackName?: string;
  /** Names this instance in origins and edges. @default `<stackName or file>/<region>` */
  readonly id?: string;
  /** Zones by region, in addition to `knownZones`. @default none */
  readonly zones?: Readonly<Record<string, readonly string[]>>;
}

/** The concrete resources of one instance, and how they hang together. */
export class ResolvedInstance {
  /** All stacks by path, parents before their nested stacks; the root's path is the empty text. */
  readonly stacks: ReadonlyMap<string, ResolvedStack>;
  readonly edges: readonly Edge[];
  readonly unknowns: readonly UnknownOccurrence[];
  private readonly byId: ReadonlyMap<string, ResolvedResource>;
  private readonly leaving: ReadonlyMap<string, readonly Edge[]>;
  private readonly entering: ReadonlyMap<string, readonly Edge[]>;
  private foundSecrets: readonly SecretOccurrence[] | undefined;

  /** Made by {@link resolveInstance}. */
  constructor(private readonly context: InstanceContext, readonly root: ResolvedStack) {
    this.stacks = new Map(stacksBelow(root).map((stack) => [stack.path, stack]));
    this.byId = new Map([...this.stacks.values()].flatMap((stack) => [...stack.resources.values()].map((resource) => [resource.id, resource] as const)));
    this.unknowns = [...this.byId.values()].flatMap(unknownsOf);
    this.edges = edgesOf(context, [...this.byId.values()], this.unknowns);
    this.leaving = groupEdges(this.edges, (edge) => edge.from);
    this.entering = groupEdges(this.edges.filter((edge) => edge.instance === context.id), (edge) => edge.to);
  }

  get id(): string {
    return this.context.id;
  }

  get region(): string {
    return this.context.region;
  }

  /** The secrets that resources read, looked for when somebody asks. */
  get secrets(): readonly SecretOccurrence[] {
    return (this.foundSecrets ??= [...this.byId.values()].flatMap(secretsOf));
  }

  /** All resources, stack by stack in the templates' order. */
  resources(): IterableIterator<ResolvedResource> {
    return this.byId.values();
  }

  /** The resource of an id such as `Data/Primary`, or undefined when this instance has none. */
  resource(id: string): ResolvedResource | undefined {
    return this.byId.get(id);
  }

  /** What a resource reads and waits for. */
  edgesFrom(id: string): readonly Edge[] {
    return this.leaving.get(id) ?? [];
  }

  /** What in this instance reads or waits for a resource. */
  edgesTo(id: string): readonly Edge[] {
    return this.entering.get(id) ?? [];
  }
}

/**
 * Resolves parameters, mappings, conditions and intrinsic functions of a tree of templates to the resources of one instance. Pure.
 * @throws MeridianError for templates that CloudFormation would refuse: references to nothing or to absent resources, circles,
 *   wrong arguments (exit code 1), and for parameter values that the root does not take (exit code 2)
 */
export function resolveInstance(input: InstanceInput): ResolvedInstance {
  const { file = 'root.json', parameters = {}, region, stackName } = input;
  const partition = input.partition ?? partitionOf(region);
  const context: InstanceContext = {
    id: input.id ?? `${stackName ?? file}/${region}`,
    region,
    accountId: input.accountId,
    partition,
    urlSuffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    stackName,
    templates: new Map([...Object.entries(input.templates ?? {}), [file, input.root] as const].map(([name, template]) => [posix.normalize(name), template])),
    wires: input.wires ?? {},
    zones: { ...knownZones, ...input.zones },
    blocks: new Map(),
    links: [],
  };
  const instance = new ResolvedInstance(context, resolveStack(openRoot(context, posix.normalize(file), parameters)));
  for (const stack of instance.stacks.values()) refuseCycles(instance.id, stack, instance.edges);
  return instance;
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function stacksBelow(stack: ResolvedStack): readonly ResolvedStack[] {
  return [stack, ...[...stack.nested.values()].flatMap(stacksBelow)];
}

function groupEdges(edges: readonly Edge[], keyOf: (edge: Edge) => string): ReadonlyMap<string, readonly Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(keyOf(edge));
    if (group) group.push(edge);
    else groups.set(keyOf(edge), [edge]);
  }
  return groups;
}
