import type { Template, TemplateResource } from '../../resolve';
import { nestedStackType } from '../template';

/** One template that holds the resources of several stacks, and the stack and logical id behind each of its names. */
export interface Combined {
  readonly template: { readonly Resources: Readonly<Record<string, TemplateResource>> };
  readonly sources: ReadonlyMap<string, { readonly resource: { readonly stack: string; readonly logicalId: string } }>;
}

/**
 * The resources of a tree of templates as they are written, in one template. Neither parameters nor conditions are applied, and what
 * refers to another stack is not followed.
 * @param templates by the path of their stack, the empty text for the root
 */
export function writtenTemplate(templates: ReadonlyMap<string, Template>): Combined {
  const found = [...templates].flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type !== nestedStackType)
      .map(([logicalId, resource]) => ({ name: `${stack.replaceAll('/', '')}${logicalId}`, resource, source: { resource: { stack, logicalId } } })),
  );
  return {
    template: { Resources: Object.fromEntries(found.map(({ name, resource }) => [name, resource])) },
    sources: new Map(found.map(({ name, source }) => [name, source])),
  };
}
