import type Template from 'cloudform-types/types/template';

/** A template as the text that is written: cloudform's rendering with a line end. */
export function render(template: Template): string {
  // Loaded late: cloudform's index pulls in all of its 2023 resource types, which nothing else here needs.
  const { default: cloudform } = require('cloudform') as { default: (template: Template) => string };
  return `${cloudform(template)}\n`;
}
