import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import { render } from '../../../src/cfn/render';

/** A resource as the template's text has it. */
export interface EmittedResource {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The resources of a template as its text has them. */
export function emitted(t: TemplateBuilder<Parameters, unknown>): Readonly<Record<string, EmittedResource>> {
  return (JSON.parse(render(t.template)) as { readonly Resources: Readonly<Record<string, EmittedResource>> }).Resources;
}

/** The properties of one resource, which the template must have. */
export function properties(t: TemplateBuilder<Parameters, unknown>, id: string): Readonly<Record<string, unknown>> {
  const resource = emitted(t)[id];
  if (!resource) throw new Error(`No resource ${id} in the template.`);
  return resource.Properties;
}
