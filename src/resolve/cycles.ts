import { circularFailure } from './failure';
import type { Edge, ResolvedStack } from './resolved';

/**
 * Refuses a stack whose resources wait for each other in a circle, as CloudFormation does.
 * @throws MeridianError that names the resources on the way round
 */
export function refuseCycles(instance: string, stack: ResolvedStack, edges: readonly Edge[]): void {
  const waits = new Map<string, Set<string>>();
  const inside = stack.path === '' ? '' : `${stack.path}/`;
  for (const edge of edges) {
    const from = edge.from.slice(inside.length);
    if (edge.instance !== instance || !edge.from.startsWith(inside) || !stack.resources.has(from) || !edge.to.startsWith(inside)) continue;
    const [to = ''] = edge.to.slice(inside.length).split('/');
    waits.set(from, (waits.get(from) ?? new Set()).add(to));
  }
  const way = findCycle(waits);
  if (way) throw circularFailure(stack.file, way);
}

function findCycle(waits: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const finished = new Set<string>();
  const follow = (node: string, way: readonly string[]): readonly string[] | undefined => {
    const start = way.indexOf(node);
    if (start >= 0) return [...way.slice(start), node];
    if (finished.has(node)) return undefined;
    for (const next of waits.get(node) ?? []) {
      const found = follow(next, [...way, node]);
      if (found) return found;
    }
    finished.add(node);
    return undefined;
  };
  for (const node of waits.keys()) {
    const found = follow(node, []);
    if (found) return found;
  }
  return undefined;
}
