import { alteredTemplate } from './alter';
import type { Mutant } from './mutant';

/** One template with the mistakes of several mutants, each in a resource of its own. */
export interface Composite extends Pick<Mutant, 'template' | 'body'> {
  readonly members: readonly Mutant[];
}

/**
 * Puts mutants of the same template together, no two in the same resource, in as few templates as that takes.
 * @param size mutants in one template at most
 */
export function compositesOf(mutants: readonly Mutant[], size: number): readonly Composite[] {
  const open: { composite: Composite; altered: Set<string> }[] = [];
  for (const mutant of mutants) {
    const fitting = open.find(({ composite, altered }) => composite.template === mutant.template && altered.size < size && !altered.has(mutant.logicalId));
    const body = fitting ? alteredTemplate(fitting.composite.body, mutant.logicalId, mutant.alteration) : undefined;
    if (!fitting || !body) {
      open.push({ composite: { template: mutant.template, body: mutant.body, members: [mutant] }, altered: new Set([mutant.logicalId]) });
      continue;
    }
    fitting.altered.add(mutant.logicalId);
    fitting.composite = { ...fitting.composite, body, members: [...fitting.composite.members, mutant] };
  }
  return open.map(({ composite }) => composite);
}
