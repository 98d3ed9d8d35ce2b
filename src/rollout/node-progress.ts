import { referenceTo, type RolloutNode } from './nodes';
import type { Listener, NodeReference } from './progress';
import { templateAt } from './root-cause';
import type { TreeEvent } from './stack-events';

/** Turns the stack events of one node into progress: counts per nested stack, and what happens to each resource. */
export class NodeProgress {
  private readonly reference: NodeReference;
  private readonly started = performance.now();
  /** Resources that are through, by the path of their stack. */
  private readonly through = new Map<string, Set<string>>();

  /** @param account which account the events are of. @default unsaid, because the node has one */
  constructor(private readonly node: RolloutNode, private readonly listener: Listener, private readonly account?: string) {
    this.reference = referenceTo(node);
  }

  /** Resources of all stacks that are through. */
  get resources(): number {
    return [...this.through.values()].reduce((sum, ids) => sum + ids.size, 0);
  }

  /** Tells the listener about events, in the order given. */
  tell(events: readonly TreeEvent[]): void {
    for (const event of events) {
      if (event.ofStack) this.tellStack(event.path, event.status);
      else this.tellResource(event);
    }
  }

  private tellResource({ path, logicalId, resourceType, status, reason }: TreeEvent): void {
    const key = path.join('/');
    const ids = this.through.get(key) ?? new Set();
    this.through.set(key, ids);
    if (status.endsWith('_COMPLETE')) ids.add(logicalId);
    this.listener({ type: 'resource', ...this.place, path, logicalId, resourceType, status, ...(reason && { reason }), seconds: this.seconds });
  }

  private tellStack(path: readonly string[], status: string): void {
    const done = this.through.get(path.join('/'))?.size ?? 0;
    const total = templateAt(this.node.definition, path)?.usage['resources'] ?? done;
    this.listener({ type: 'stack', ...this.place, path, status, done, total, seconds: this.seconds });
  }

  private get place(): { readonly node: NodeReference; readonly account?: string } {
    return { node: this.reference, ...(this.account !== undefined && { account: this.account }) };
  }

  private get seconds(): number {
    return (performance.now() - this.started) / 1_000;
  }
}

/** How many resources the templates of a node hold, nested stacks among them; conditions may leave some out in its region. */
export function resourceTotal({ definition }: RolloutNode): number {
  return Object.values(definition.templates).reduce((sum, { usage }) => sum + (usage['resources'] ?? 0), 0);
}
