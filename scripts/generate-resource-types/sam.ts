import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceType, Shape } from './shape';

interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

interface SamSchema extends JsonSchema {
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly readOnlyProperties?: readonly string[];
}

/** The folder of the schemas that cfn-lint ships, inside the checkout's Python tools. */
function schemaFolder(checkout: string): string {
  const library = join(checkout, '.tools', 'python', 'lib');
  const python = readdirSync(library).find((name) => name.startsWith('python'));
  return join(library, python ?? '', 'site-packages', 'cfnlint', 'data', 'schemas');
}

/**
 * Reads SAM resource types from cfn-lint's schemas, because the registry copy's SAM types are years old.
 * @throws Error when set-up has not run, or for a type that SAM does not have
 */
export function readSam(checkout: string, names: readonly string[]): ResourceType[] {
  const folder = schemaFolder(checkout);
  const index = JSON.parse(readFileSync(join(folder, 'providers', 'sam.json'), 'utf8')) as Record<string, string>;
  return names.map((name) => {
    const file = index[name];
    if (!file) throw new Error(`Resource type ${name}: not in SAM's schemas. Correct src/cfn/resource-types.json.`);
    return convert(name, JSON.parse(readFileSync(join(folder, 'resources', `${file}.json`), 'utf8')) as SamSchema);
  });
}

function convert(name: string, schema: SamSchema): ResourceType {
  const short = name.split('::')[2] ?? name;
  const shapes = new Map<string, Shape>();
  const type = (property: JsonSchema): string => {
    if (property.$ref) {
      const definition = property.$ref.replace('#/definitions/', '');
      const identifier = definition.split('.').at(-1) ?? definition;
      const target = schema.definitions?.[definition] ?? {};
      if (!target.properties) return type(target);
      if (!shapes.has(identifier)) {
        shapes.set(identifier, { name: identifier, properties: [] });
        shapes.set(identifier, { name: identifier, properties: convertProperties(target) });
      }
      return `${short}.${identifier}`;
    }
    if (property.anyOf) return [...new Set(property.anyOf.map(type))].join(' | ');
    if (property.enum) return property.enum.map((value) => JSON.stringify(value)).join(' | ');
    switch (property.type) {
      case 'string':
      case 'boolean':
        return property.type;
      case 'number':
      case 'integer':
        return 'number';
      case 'array':
        return `readonly Value<${type(property.items ?? {})}>[]`;
      default:
        return 'Readonly<Record<string, unknown>>';
    }
  };
  const convertProperties = (object: JsonSchema): Shape['properties'] =>
    Object.entries(object.properties ?? {}).map(([key, property]) => ({ name: key, required: object.required?.includes(key) ?? false, type: type(property) }));
  const readOnly = new Set((schema.readOnlyProperties ?? []).map((path) => path.replace('/properties/', '').replaceAll('/', '.')));
  const properties = convertProperties(schema).filter((property) => !readOnly.has(property.name));
  const tagged = properties.some((property) => property.name === 'Tags');
  return { name, properties, shapes: [...shapes.values()], attributes: [...readOnly].sort(), ...(tagged ? { tagging: { property: 'Tags', shape: 'map' as const } } : {}) };
}
