import { readTemplates } from '../check/read-templates';
import { MeridianError } from '../errors';
import type { JsonObject } from './json';
import { mutantsOf, type Mutant } from './mutant';
import type { Operator, Resource } from './operator';
import { operators as everyOperator } from './operators';
import { select, type Selection } from './select';
import type { MutationSetting } from './setting';
import { waitingOperators, type WaitingOperator } from './waiting';

/** The mutants of a setting, and the operators that none could be made with. */
export interface Mutants extends Selection {
  readonly waiting: readonly WaitingOperator[];
  /** The operators asked for. */
  readonly operators: readonly Operator[];
}

/**
 * Makes the mutants of a setting. The same setting gives the same mutants in the same order, in every process.
 * @throws MeridianError with exit code 2 for an operator that there is not
 */
export function mutantsFor({ dist, environments, operators: wanted, perKind }: MutationSetting): Mutants {
  const operators = chosenOperators(wanted);
  const templates = environments.flatMap((environment) => readTemplates(dist, environment));
  const resources = templates.flatMap(({ body }) => Object.values((body as JsonObject).Resources as Readonly<Record<string, Resource>>));
  const mutants: readonly Mutant[] = templates.flatMap((template) => mutantsOf(template, operators));
  return { ...select(mutants, perKind), operators, waiting: waitingOperators(operators, resources) };
}

function chosenOperators(wanted: readonly string[] | undefined): readonly Operator[] {
  const unknown = wanted?.find((id) => !everyOperator.some((operator) => operator.id === id));
  if (unknown !== undefined) {
    const [start = ''] = unknown.split('-');
    const alike = everyOperator.map(({ id }) => id).filter((id) => id.startsWith(start));
    throw new MeridianError(`Operator "${unknown}": there is none of that id. ${alike.length > 0 ? `Choose one of ${alike.join(', ')}.` : 'The folder src/mutate/operators lists all.'}`, 2);
  }
  return everyOperator.filter(({ id }) => wanted?.includes(id) ?? true);
}
