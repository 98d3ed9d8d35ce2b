import type Template from 'cloudform-types/types/template';

/**
 * A template as the text that is written: what cloudform's own `cloudform()` gives, with a line end. That function sits in an index which
 * loads 1,825 files of resource types that nothing here uses; a test holds the two equal.
 * @see docs/decisions/0014-rendering-without-the-index.md
 */
export function render(template: Template): string {
  return `${JSON.stringify(template, undefined, 2)}\n`;
}
