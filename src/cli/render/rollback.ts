import type { NodeReference, RollbackResult, RolloutPlan } from '../../rollout';
import { resultPaint, type Terminal } from '../terminal';
import { placeOf } from './place';
import { renderPlan, type PlanView } from './plan';
import { renderNodes } from './rollout';

/** What the plan of a rollback is shown with. */
export interface RollbackView extends Pick<PlanView, 'forbidden' | 'where'> {
  /** What did not stand then, and stays. */
  readonly left: readonly NodeReference[];
}

/** What going back would change, as text. */
export function renderRollbackPlan(plan: RolloutPlan, { left, ...view }: RollbackView, terminal: Pick<Terminal, 'colors'>): string {
  return `\nBack to the version before\n${renderPlan(plan, view, terminal)}${leftLine(left, terminal)}`;
}

/** Where a rollback got, as a table. */
export function renderRollback({ nodes, left }: RollbackResult, terminal: Pick<Terminal, 'colors'>): string {
  return nodes.length === 0 ? 'Nothing to bring back.\n' : `${renderNodes(nodes, 'aws', terminal)}${leftLine(left, terminal)}`;
}

function leftLine(left: readonly NodeReference[], terminal: Pick<Terminal, 'colors'>): string {
  return left.length === 0 ? '' : resultPaint(terminal).dim(`Stays, because it did not stand then: ${left.map(placeOf).join(', ')}\n`);
}
