import { isList, isObject, type Json, type JsonObject } from './json';
import type { Alteration } from './operator';
import { leadsTo } from './references';

/**
 * A template with one alteration made. A resource that is removed whole is also taken out of every `DependsOn`.
 * @returns undefined where a resource can't be removed because others, or outputs, lead to it: an engineer would have had to change them too
 */
export function alteredTemplate(body: JsonObject, logicalId: string, { resource, parameters }: Alteration): JsonObject | undefined {
  const resources = isObject(body.Resources) ? body.Resources : {};
  if (resource !== undefined) return { ...withParameters(body, parameters), Resources: { ...resources, [logicalId]: resource } };
  const others = Object.fromEntries(Object.entries(resources).filter(([name]) => name !== logicalId));
  if (leadsTo(others, logicalId) || leadsTo(body.Outputs ?? {}, logicalId)) return undefined;
  return { ...body, Resources: Object.fromEntries(Object.entries(others).map(([name, other]) => [name, withoutDependency(other, logicalId)])) };
}

function withParameters(body: JsonObject, parameters: JsonObject | undefined): JsonObject {
  return parameters === undefined ? body : { ...body, Parameters: { ...(isObject(body.Parameters) ? body.Parameters : {}), ...parameters } };
}

function withoutDependency(resource: Json, logicalId: string): Json {
  if (!isObject(resource) || resource.DependsOn === undefined) return resource;
  const { DependsOn, ...others } = resource;
  const left = (isList(DependsOn) ? DependsOn : [DependsOn]).filter((name): name is string => name !== logicalId);
  return left.length === 0 ? others : { ...others, DependsOn: left };
}
