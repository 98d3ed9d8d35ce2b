import { ssmName } from '../../cfn/wires';
import { Unknown, type ResolvedInstance, type Value } from '../../resolve';
import { suffixOf, type RolloutNode } from '../nodes';
import type { ResourceChange } from './document';

/** What the nodes of a plan publish to later ones: text where it is known now, else the resource that it will come from. */
export class Published {
  private readonly values = new Map<string, Value>();

  /** The value that a deployment of a system will publish in a region; undefined when nothing does. */
  get(system: string, deployment: string, region: string, output: string): Value | undefined {
    return this.values.get([system, deployment, region, output].join('/'));
  }

  /** Remembers what a node publishes. */
  add({ system, deployment, region }: RolloutNode, outputs: Readonly<Record<string, Value>>): void {
    for (const [output, value] of Object.entries(outputs)) this.values.set([system, deployment, region, output].join('/'), value);
  }
}

/**
 * What a node will publish: the present output of its stack where the plan leaves it as it is, else what its templates say.
 * @param present root outputs of the stack that stands
 * @param changes what the plan does to its resources
 */
export function publishedBy(node: RolloutNode, after: ResolvedInstance, changes: readonly ResourceChange[], present: Readonly<Record<string, string>>): Record<string, Value> {
  const changed = new Set(changes.filter(({ action, properties }) => action !== 'change' || properties.some(({ property }) => property === 'Value')).map(({ path, logicalId }) => [...path, logicalId].join('/')));
  const parameters = [...after.resources()].filter(({ type }) => type === 'AWS::SSM::Parameter');
  const published: Record<string, Value> = {};
  for (const output of Object.keys(node.definition.publishes)) {
    const name = ssmName(node, suffixOf(node), node.deployment, output);
    const parameter = parameters.find(({ properties }) => properties['Name'] === name);
    const standing = present[output];
    const value = parameter?.properties['Value'];
    if (standing !== undefined && !(parameter && changed.has(parameter.id))) published[output] = standing;
    else if (value !== undefined) published[output] = value instanceof Unknown ? value : String(value);
  }
  return published;
}
