import { MeridianError } from '../errors';
import { suggest } from './failure';
import { resourceId } from './edges';
import type { ResolvedInstance } from './instance';
import { logicalName, Renderer, type Json, type Naming } from './render';
import type { ResolvedResource, ResolvedStack } from './resolved';
import type { Template, TemplateResource } from './template';
import { Unknown } from './unknown';
import { withUserDataRead } from './user-data';

/**
 * Plain CloudFormation JSON of what an instance has: no intrinsic function where the value is known, no absent resource, no mapping.
 *
 * What is unknown stays an intrinsic function, so that rules written for authored templates see what they expect:
 *
 * | origin of the value | form |
 * |---|---|
 * | resource in the same template | `{"Ref": "Vpc"}`, `{"Fn::GetAtt": ["Vpc", "Arn"]}` |
 * | output of a stack nested in it | `{"Fn::GetAtt": ["Network", "Outputs.VpcId"]}` |
 * | text with such parts | `{"Fn::Join": ["", [ … ]]}` |
 * | anything from elsewhere: another nested template, deployment or stack, a parameter without value | `{"Ref": "FromNetworkVpc"}`, declared under `Parameters` |
 * | undecided condition | `{"Fn::If": [ … ]}`, declared under `Conditions` |
 *
 * User data is `{"Fn::Base64": …}` of its text, so that they can read it.
 *
 * So it is a valid template, and resolving it gives the same resources again.
 */
export interface ConcreteTemplate extends Template {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/**
 * The concrete template of one stack of an instance, with the logical ids of the authored one.
 * @param path the stack's path, the empty text for the root
 * @throws MeridianError when the instance has no such stack
 */
export function concreteTemplate(instance: ResolvedInstance, path: string): ConcreteTemplate {
  const stack = instance.stacks.get(path);
  if (!stack) throw new MeridianError(`Stack "${path}" of ${instance.id}: there is no such nested stack. ${suggest(path, [...instance.stacks.keys()])}`, 2);
  const aliases = outputAliases(stack);
  const isOwnStack = (id: string, other: string): boolean => id === instance.id && other === path;
  const naming: Naming = {
    resource: (origin) => (isOwnStack(origin.instance, origin.stack) ? origin.logicalId : undefined),
    isOwnStack,
    alias: (unknown) => aliases.get(unknown.identity),
  };
  return renderTemplate(naming, [...stack.resources].map(([name, resource]) => ({ name, resource, stack, dependsOn: resource.dependsOn })));
}

/** One template that holds the resources of several stacks, and the way back from its logical ids. */
export interface CombinedTemplate {
  readonly template: ConcreteTemplate;
  /** The instance and the resource behind each logical id. */
  readonly sources: ReadonlyMap<string, { readonly instance: ResolvedInstance; readonly resource: ResolvedResource }>;
}

/** What a combined template holds besides the resources that services make. */
export interface CombinedContent {
  /** Whether the nested stacks are in it as well as their resources, which stand for them otherwise. @default false */
  readonly nestedStacks?: boolean;
}

/**
 * The resources of whole instances in one concrete template: references between nested stacks, and between the instances given, are
 * local there, so that a rule can check what a reference points at. Logical ids are paths without separators (`DataPrimary`), after the
 * instance's id when there are several.
 */
export function combinedTemplate(instances: readonly ResolvedInstance[], { nestedStacks = false }: CombinedContent = {}): CombinedTemplate {
  const sources = new Map<string, { readonly instance: ResolvedInstance; readonly resource: ResolvedResource }>();
  const names = new Map<string, string>();
  for (const instance of instances) {
    for (const resource of instance.resources()) {
      if (!nestedStacks && instance.stacks.has(resource.id)) continue;
      const wish = logicalName(`${instances.length > 1 ? instance.id : ''} ${resource.id}`);
      let name = wish;
      for (let count = 2; sources.has(name); count += 1) name = `${wish}${count}`;
      sources.set(name, { instance, resource });
      names.set(`${instance.id}:${resource.id}`, name);
    }
  }
  const nameOf = (instance: string, stack: string, logicalId: string): string | undefined => names.get(`${instance}:${resourceId(stack, logicalId)}`);
  const [only] = instances.length === 1 ? instances : [];
  const naming: Naming = {
    resource: (origin) => nameOf(origin.instance, origin.stack, origin.logicalId),
    isOwnStack: (id, stack) => id === only?.id && stack === '',
    alias: () => undefined,
  };
  const entries = [...sources].map(([name, { instance, resource }]): Entry => ({
    name,
    resource,
    stack: instance.stacks.get(resource.stack),
    dependsOn: resource.dependsOn.flatMap((logicalId) => nameOf(instance.id, resource.stack, logicalId) ?? []),
  }));
  return { template: renderTemplate(naming, entries), sources };
}

interface Entry {
  readonly name: string;
  readonly resource: ResolvedResource;
  readonly stack: ResolvedStack | undefined;
  readonly dependsOn: readonly string[];
}

function renderTemplate(naming: Naming, entries: readonly Entry[]): ConcreteTemplate {
  const renderer = new Renderer(naming, entries.map(({ name }) => name));
  const Resources = Object.fromEntries(entries.map((entry) => [entry.name, renderResource(renderer, entry)]));
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...(Object.keys(renderer.parameters).length > 0 ? { Parameters: renderer.parameters } : {}),
    ...(Object.keys(renderer.conditions).length > 0 ? { Conditions: renderer.conditions } : {}),
    Resources,
  };
}

function renderResource(renderer: Renderer, { resource, stack, dependsOn }: Entry): TemplateResource {
  const { condition, properties, metadata, creationPolicy, updatePolicy, deletionPolicy, updateReplacePolicy } = resource;
  const truth = condition === undefined ? undefined : stack?.conditions.get(condition);
  return {
    Type: resource.type,
    ...(condition !== undefined && truth instanceof Unknown ? { Condition: renderer.condition(truth, condition) } : {}),
    ...(dependsOn.length > 0 ? { DependsOn: dependsOn } : {}),
    ...(deletionPolicy === undefined ? {} : { DeletionPolicy: deletionPolicy }),
    ...(updateReplacePolicy === undefined ? {} : { UpdateReplacePolicy: updateReplacePolicy }),
    ...(creationPolicy === undefined ? {} : { CreationPolicy: renderer.render(creationPolicy) }),
    ...(updatePolicy === undefined ? {} : { UpdatePolicy: renderer.render(updatePolicy) }),
    ...(metadata === undefined ? {} : { Metadata: renderer.render(metadata) }),
    Properties: withUserDataRead(resource.type, renderer.renderObject(properties)),
  };
}

/** Outputs of the stacks nested in a stack, by the identity of the unknown that they hold. */
function outputAliases(stack: ResolvedStack): ReadonlyMap<string, Json> {
  const aliases = new Map<string, Json>();
  for (const [logicalId, nested] of stack.nested) {
    for (const [name, { value }] of nested.outputs) {
      if (value instanceof Unknown) aliases.set(value.identity, { 'Fn::GetAtt': [logicalId, `Outputs.${name}`] });
    }
  }
  return aliases;
}
