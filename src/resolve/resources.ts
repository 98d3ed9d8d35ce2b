import { suggest, templateFailure } from './failure';
import { evaluate } from './evaluate';
import { Place } from './place';
import { withPoliciesRead } from './policy-text';
import type { ResolvedOutput, ResolvedResource, ResolvedStack } from './resolved';
import type { StackScope } from './stack';
import type { TemplateResource } from './template';
import { noValue, type Value, type ValueObject } from './unknown';
import { isObject } from './value';

/** Resolves everything that a stack and its nested stacks have in this instance. */
export function resolveStack(scope: StackScope): ResolvedStack {
  const { template, stack, file, parameters } = scope;
  const top = Place.of(scope);
  const conditions = new Map(Object.keys(template.Conditions ?? {}).map((name) => [name, scope.condition(name, top.at('Conditions', name))]));
  const resources = new Map<string, ResolvedResource>();
  const nested = new Map<string, ResolvedStack>();
  for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
    const place = top.at('Resources', logicalId);
    if (!isPresent(resource.Condition, place)) continue;
    resources.set(logicalId, resolveResource(logicalId, resource, place));
    const child = scope.nested(logicalId);
    if (child) nested.set(logicalId, resolveStack(child));
  }
  return { path: stack, file, template, parameters, conditions, resources, outputs: resolveOutputs(top), nested };
}

function isPresent(condition: string | undefined, place: Place): boolean {
  return condition === undefined || place.scope.condition(condition, place) !== false;
}

function resolveResource(logicalId: string, resource: TemplateResource, place: Place): ResolvedResource {
  const { stack, file } = place.scope;
  return {
    id: stack === '' ? logicalId : `${stack}/${logicalId}`,
    stack,
    file,
    logicalId,
    type: resource.Type,
    properties: resolveProperties(resource, place.at('Properties')),
    ...(resource.Condition === undefined ? {} : { condition: resource.Condition }),
    dependsOn: resolveDependsOn(resource.DependsOn ?? [], place.at('DependsOn')),
    deletionPolicy: resolvePolicy(resource.DeletionPolicy, place.at('DeletionPolicy')),
    updateReplacePolicy: resolvePolicy(resource.UpdateReplacePolicy, place.at('UpdateReplacePolicy')),
    metadata: resolveOptional(resource.Metadata, place.at('Metadata')),
    creationPolicy: resolveOptional(resource.CreationPolicy, place.at('CreationPolicy')),
    updatePolicy: resolveOptional(resource.UpdatePolicy, place.at('UpdatePolicy')),
  };
}

function resolveProperties(resource: TemplateResource, place: Place): ValueObject {
  const properties = evaluate(resource.Properties ?? {}, place);
  if (properties === noValue) return {};
  if (!isObject(properties)) throw templateFailure(place, 'Properties', 'they are not an object', 'Write {"Name": value}.');
  return withPoliciesRead(resource.Type, properties);
}

function resolveDependsOn(dependsOn: string | readonly string[], place: Place): readonly string[] {
  const resources = place.scope.template.Resources ?? {};
  return [dependsOn].flat().filter((logicalId) => {
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (!resource) throw templateFailure(place, `DependsOn "${logicalId}"`, 'there is no resource of that name', suggest(logicalId, Object.keys(resources)));
    return isPresent(resource.Condition, place);
  });
}

function resolvePolicy(raw: unknown, place: Place): string | undefined {
  const policy = resolveOptional(raw, place);
  if (policy === undefined || typeof policy === 'string') return policy;
  throw templateFailure(place, String(place.path.at(-1)), 'its value is not known before deployment', 'Write Delete, Retain, RetainExceptOnCreate or Snapshot.');
}

function resolveOptional(raw: unknown, place: Place): Value | undefined {
  const value = raw === undefined ? noValue : evaluate(raw, place);
  return value === noValue ? undefined : value;
}

function resolveOutputs(top: Place): ReadonlyMap<string, ResolvedOutput> {
  const outputs = new Map<string, ResolvedOutput>();
  for (const [name, output] of Object.entries(top.scope.template.Outputs ?? {})) {
    const place = top.at('Outputs', name);
    if (!isPresent(output.Condition, place)) continue;
    outputs.set(name, { value: top.scope.output(name, place), exportName: resolveOptional(output.Export?.Name, place.at('Export', 'Name')) });
  }
  return outputs;
}
