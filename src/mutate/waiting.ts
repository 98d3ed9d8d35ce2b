import type { Operator, Resource } from './operator';

/** An operator that can't be made anywhere in the systems as they are. */
export interface WaitingOperator {
  readonly operator: Operator;
  /** `type`: no system has a resource of its types; `place`: one has, but nothing in it that the mistake could be made in. */
  readonly waitsFor: 'type' | 'place';
}

/** The operators that no resource gives a place to: they wait until a system has one. */
export function waitingOperators(operators: readonly Operator[], resources: readonly Resource[]): readonly WaitingOperator[] {
  return operators.flatMap((operator) => {
    const own = resources.filter(({ Type }) => operator.types.includes(Type));
    if (own.some((resource) => operator.mistake(resource).length > 0)) return [];
    return [{ operator, waitsFor: own.length === 0 ? 'type' as const : 'place' as const }];
  });
}
