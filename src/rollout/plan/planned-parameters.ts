import type { Value } from '../../resolve';
import type { RolloutNode } from '../nodes';
import { parameterValue } from '../parameters';
import type { TemplateParameter } from '../template';
import type { Published } from './published';
import { hiddenValue } from './standing';

/** The parameters with which a node would be rolled. */
export interface PlannedParameters {
  /** Values of the root's parameters; for a wire the name of its SSM parameter. One without a value is left out. */
  readonly given: Readonly<Record<string, Value>>;
  /** Values by SSM parameter. */
  readonly wires: Readonly<Record<string, Value>>;
  /** What the plan shows: for a wire what it carries, `null` for what is known only after an earlier node. */
  readonly shown: Readonly<Record<string, string | null>>;
}

/** Works out the parameters of a node from its file, its defaults, and what earlier nodes will publish. */
export function plannedParameters(node: RolloutNode, published: Published): PlannedParameters {
  const declared = node.build.root(node.definition).Parameters ?? {};
  const given: Record<string, Value> = {};
  const wires: Record<string, Value> = {};
  const shown: Record<string, string | null> = {};
  for (const name of Object.keys(declared).sort()) {
    const origin = node.definition.parameters[name];
    const own = parameterValue(node, name, declared[name]!, {});
    const across = own === undefined && origin?.from === 'region' ? published.get(node.system, origin.deployment, origin.region, origin.output) : undefined;
    const value = own ?? across;
    if (value !== undefined) given[name] = value;
    const carried = origin?.from === 'wire' ? published.get(node.system, origin.deployment, node.region, origin.output) : value;
    if (origin?.from === 'wire' && own !== undefined && carried !== undefined) wires[own] = carried;
    shown[name] = isHidden(declared[name]!) ? hiddenValue : typeof carried === 'string' ? carried : null;
  }
  return { given, wires, shown };
}

/** Whether a parameter's value must not be shown. */
export function isHidden({ NoEcho }: Pick<TemplateParameter, 'NoEcho'>): boolean {
  return NoEcho === true || NoEcho === 'true';
}
