import type { NodePlan, PermissionChange, ResourceChange, RuleChange } from '../../rollout';

/** A parameter whose value changes. `null` is known only after an earlier node. */
export interface ParameterChange {
  readonly name: string;
  readonly before?: string | null;
  readonly after?: string | null;
}

/** One thing that a node changes. */
export type PlanEntry =
  | { readonly kind: 'parameter'; readonly item: ParameterChange }
  | { readonly kind: 'resource'; readonly item: ResourceChange }
  | { readonly kind: 'permission'; readonly item: PermissionChange }
  | { readonly kind: 'rule'; readonly item: RuleChange };

/** Everything that a node changes, in the order in which it is shown. Nothing stands in a node that is created, so its parts are not listed. */
export function entriesOf(node: NodePlan): PlanEntry[] {
  if (node.action !== 'update') return [];
  return [
    ...node.resources.map((item): PlanEntry => ({ kind: 'resource', item })),
    ...parameterChanges(node).map((item): PlanEntry => ({ kind: 'parameter', item })),
    ...node.permissions.map((item): PlanEntry => ({ kind: 'permission', item })),
    ...node.rules.map((item): PlanEntry => ({ kind: 'rule', item })),
  ];
}

function parameterChanges({ before, after }: NodePlan): ParameterChange[] {
  const [old, young] = [before?.parameters ?? {}, after.parameters];
  const names = [...new Set([...Object.keys(old), ...Object.keys(young)])].sort();
  return names.filter((name) => old[name] !== young[name]).map((name) => ({ name, before: old[name], after: young[name] }));
}

/** How a node differs from the same deployment in another region. */
export interface RegionDifference {
  /** What only this region changes, or changes otherwise. */
  readonly extra: readonly PlanEntry[];
  /** What only the other region changes. */
  readonly missing: readonly PlanEntry[];
}

/** Compares what two regions change. Values that differ only by the region's own name are equal. */
export function regionDifference(base: NodePlan, other: NodePlan): RegionDifference {
  const [ofBase, ofOther] = [keyed(base), keyed(other)];
  const extra = [...ofOther].filter(([key]) => !ofBase.has(key)).map(([, entry]) => entry);
  const names = new Set(extra.map(nameOf));
  const missing = [...ofBase].filter(([key, entry]) => !ofOther.has(key) && !names.has(nameOf(entry))).map(([, entry]) => entry);
  return { extra, missing };
}

function keyed(node: NodePlan): Map<string, PlanEntry> {
  return new Map(entriesOf(node).map((entry) => [JSON.stringify(entry).replaceAll(node.node.region, '${AWS::Region}'), entry]));
}

/** Whether two nodes of a deployment are to be done alike, apart from single entries. */
export function isAlike(base: NodePlan, other: NodePlan): boolean {
  return base.action === other.action;
}

/** What an entry is about: `Store/Orders`, `DomainName`. */
export function nameOf({ kind, item }: PlanEntry): string {
  switch (kind) {
    case 'resource':
      return [...item.path, item.logicalId].join('/');
    case 'parameter':
      return item.name;
    default:
      return JSON.stringify(item);
  }
}
