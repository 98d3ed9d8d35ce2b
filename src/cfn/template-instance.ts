import type Template from 'cloudform-types/types/template';
import type { Outputs } from './parameters';
import type { Source } from './source';

/** A template that was built: plain CloudFormation, with what the tools need to know beside it. */
export interface TemplateInstance<O extends Outputs = Outputs> {
  /** The template's name; its file is `<name>.json`. */
  readonly name: string;
  readonly template: Template;
  readonly outputs: O;
  /** Where each resource was authored, by logical id. Kept beside the template, never in it. */
  readonly sources: Readonly<Record<string, Source>>;
}
