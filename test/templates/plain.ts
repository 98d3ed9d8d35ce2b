import { Unknown } from '../../src/resolve';

/**
 * A resolved value as an assertion can write it down whole. What only deployment can tell is written by where it comes from:
 * a resource's id as `Vpc`, its attribute as `WebSecurityGroup.GroupId`, a parameter as `<DefaultKeyArn>`, a pseudo parameter by
 * its name, and a function of such as `{ 'Fn::Join': […] }`.
 */
export function plain(value: unknown): unknown {
  if (value instanceof Unknown) return plainOrigin(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key as string, plain(inner)]));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
}

function plainOrigin({ origin, identity }: Unknown): unknown {
  switch (origin.kind) {
    case 'resource':
      return origin.attribute === 'Ref' ? origin.logicalId : `${origin.logicalId}.${origin.attribute}`;
    case 'parameter':
      return `<${origin.name}>`;
    case 'pseudo':
      return origin.name;
    case 'expression':
      return { [origin.function]: plain(origin.arguments) };
    default:
      return identity;
  }
}

/** Some properties of every resource, by logical id, each as an assertion can write it down. */
export function only(resources: Readonly<Record<string, any>>, ...keys: readonly string[]): unknown {
  return plain(Object.fromEntries(Object.entries(resources).map(([id, each]) => [id, keys.map((key) => each[key] as unknown)])));
}
