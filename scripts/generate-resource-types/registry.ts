import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, RichResource, SpecDatabase } from './spec-types';
import type { ResourceType, Shape } from './shape';

/**
 * Reads resource types from the pinned copy of the CloudFormation registry.
 * @throws Error naming the types that the registry does not have
 */
export function readRegistry(names: readonly string[]): ResourceType[] {
  const database = loadAwsServiceSpecSync() as unknown as SpecDatabase;
  const byName = new Map([...database.all('resource')].map((resource) => [resource.cloudFormationType, resource]));
  const unknown = names.filter((name) => !byName.has(name));
  if (unknown.length) throw new Error(`Resource types ${unknown.join(', ')}: not in the registry. Correct src/cfn/resource-types.json.`);
  return names.map((name) => convert(database, byName.get(name) as RichResource));
}

function convert(database: SpecDatabase, resource: RichResource): ResourceType {
  const shapes = new Map<string, Shape>();
  const type = (property: PropertyType): string => {
    switch (property.type) {
      case 'string':
        return property.allowedValues?.length ? property.allowedValues.map((value) => JSON.stringify(value)).join(' | ') : 'string';
      case 'date-time':
        return 'string';
      case 'number':
      case 'integer':
        return 'number';
      case 'boolean':
        return 'boolean';
      case 'json':
        return 'Readonly<Record<string, unknown>>';
      case 'null':
        return 'null';
      case 'tag':
        return 'Tag';
      case 'array':
        return `readonly Value<${type(property.element)}>[]`;
      case 'map':
        return `Readonly<Record<string, Value<${type(property.element)}>>>`;
      case 'union':
        return [...new Set(property.types.map(type))].join(' | ');
      case 'ref': {
        const definition = database.get('typeDefinition', property.reference.$ref);
        if (!shapes.has(definition.name)) {
          shapes.set(definition.name, { name: definition.name, properties: [] });
          shapes.set(definition.name, { name: definition.name, properties: convertProperties(definition.properties) });
        }
        return `${resource.name}.${definition.name}`;
      }
    }
  };
  const convertProperties = (properties: RichResource['properties']): Shape['properties'] =>
    Object.entries(properties).map(([name, property]) => ({ name, required: property.required === true, type: type(property.type) }));
  const properties = convertProperties(resource.properties);
  return {
    name: resource.cloudFormationType,
    properties,
    shapes: [...shapes.values()],
    attributes: Object.keys(resource.attributes),
    tagging: taggingOf(resource),
  };
}

/** How a type is tagged: as its schema says, or else by a property `Tags` that is a list of tags. */
function taggingOf({ tagInformation, properties }: RichResource): ResourceType['tagging'] {
  if (tagInformation && tagInformation.tagPropertyName in properties) {
    const shapes = { standard: 'list', map: 'map', asg: 'propagating-list' } as const;
    return { property: tagInformation.tagPropertyName, shape: shapes[tagInformation.variant] };
  }
  const own = properties['Tags']?.type;
  return own?.type === 'array' && own.element.type === 'tag' ? { property: 'Tags', shape: 'list' } : undefined;
}
