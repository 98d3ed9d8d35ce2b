import type { CheckedTemplate } from '../check/checked-template';
import { addressOf } from '../check/finding';
import { alteredTemplate } from './alter';
import type { JsonObject } from './json';
import type { Alteration, Operator, Resource } from './operator';

/** A system with one mistake in it. */
export interface Mutant {
  readonly operator: Operator;
  /** The template that the mistake is in, as it was. */
  readonly template: CheckedTemplate;
  readonly logicalId: string;
  readonly type: string;
  readonly place: string;
  readonly change: string;
  readonly alteration: Alteration;
  /** The template with the mistake. */
  readonly body: JsonObject;
}

/** The address of the resource that a mutant alters, `kasha/production/platform/data#Primary`. */
export function mutantAddress({ template, logicalId }: Pick<Mutant, 'template' | 'logicalId'>): string {
  return addressOf({ ...template, logicalId, regions: [] });
}

/** Every mutant that operators make of a template's resources. */
export function mutantsOf(template: CheckedTemplate, operators: readonly Operator[]): readonly Mutant[] {
  const body = template.body as JsonObject;
  return Object.entries(body.Resources as Readonly<Record<string, Resource>>).flatMap(([logicalId, resource]) =>
    operators
      .filter(({ types }) => types.includes(resource.Type))
      .flatMap((operator) => operator.mistake(resource).flatMap((alteration): readonly Mutant[] => {
        const { place, change } = alteration;
        const after = alteredTemplate(body, logicalId, alteration);
        return after === undefined ? [] : [{ operator, template, logicalId, type: resource.Type, place, change, alteration, body: after }];
      })),
  );
}
