import type { RolloutNode } from '../nodes';
import { referenceTo } from '../nodes';
import type { DeploymentPackage } from '../package';
import type { Survey } from '../survey';
import type { Target } from '../target';
import type { ForeseenChange, Foresight } from './change-set';
import { storesData } from './data-stores';
import type { NodePlan, ResourceChange, RolloutPlan } from './document';
import { hiddenValue } from './standing';

/** What change sets are made for. */
export interface ForesightInput {
  readonly target: Target;
  readonly nodes: readonly RolloutNode[];
  /** By StackSet. */
  readonly packages: ReadonlyMap<string, DeploymentPackage>;
  readonly states: Survey;
}

/** Heavier changes later: what CloudFormation says wins only when it says that more happens. */
const weights: readonly ResourceChange['action'][] = ['change', 'add', 'may-replace', 'replace', 'remove'];

/**
 * A plan with what CloudFormation itself foresees of every node that is updated, by change sets that reach into nested stacks. Where it says
 * that more happens to a resource than the templates told, the plan takes its word, so that data at stake is asked about. It can not know
 * yet what earlier nodes will publish.
 * @throws MeridianError (exit 3) when a change set can't be made
 */
export async function withForesight(plan: RolloutPlan, { target, nodes, packages, states }: ForesightInput): Promise<RolloutPlan> {
  const { foresee } = require('./change-set') as typeof import('./change-set');
  const foreseen: NodePlan[] = [];
  for (const planned of plan.nodes) {
    const node = nodes.find((each) => isOf(planned, each));
    const account = planned.account ?? target.account;
    const stackId = node && states.get(node.stackSet)?.instances.get(account, node.region)?.StackId;
    if (!node || planned.action !== 'update' || stackId === undefined) {
      foreseen.push(planned);
      continue;
    }
    const foresight = await foresee({ target: target.of(account), region: node.region, stackId, package: packages.get(node.stackSet)!, parameters: parametersOf(planned) });
    foreseen.push(mergeForesight(planned, foresight));
  }
  return { ...plan, nodes: foreseen };
}

function isOf({ node, stackSet }: NodePlan, candidate: RolloutNode): boolean {
  return candidate.stackSet === stackSet && referenceTo(candidate).region === node.region;
}

/** Wires and hidden values stay as they are: a change set reads wires by the names that the stack has. */
function parametersOf({ before, after }: NodePlan): Record<string, string | undefined> {
  const known = Object.keys(before?.parameters ?? {});
  return Object.fromEntries(
    Object.entries(after.parameters).map(([name, value]) => {
      const changed = value !== before?.parameters[name];
      return [name, known.includes(name) && (!changed || value === null || value === hiddenValue) ? undefined : (value ?? undefined)];
    }),
  );
}

/** The plan of a node with what CloudFormation foresees: where its word is another, and what more is at stake by it. */
export function mergeForesight(planned: NodePlan, { changes: listed, unseen }: Foresight): NodePlan {
  const key = ({ path, logicalId }: Pick<ForeseenChange, 'path' | 'logicalId'>): string => [...path, logicalId].join('/');
  const changes = listed.filter(({ certain }) => certain !== false);
  const told = new Map(changes.map((change) => [key(change), change]));
  const possible = new Set(listed.map(key));
  const resources = planned.resources.map((resource): ResourceChange => {
    const action = told.get(key(resource))?.action;
    return action !== undefined && weights.indexOf(action) > weights.indexOf(resource.action) ? { ...resource, action } : resource;
  });
  const inPlan = new Map(planned.resources.map((resource) => [key(resource), resource]));
  const added = changes.filter((change) => !inPlan.has(key(change))).map(({ path, logicalId, type, action }): ResourceChange => ({ path: [...path], logicalId, type, action, storesData: storesData(type), properties: [] }));
  const hidden = (resource: ResourceChange): boolean => unseen.some((stack) => key(resource).startsWith(`${stack}/`));
  const differs = [
    ...changes.filter((change) => inPlan.get(key(change))?.action !== change.action).map((change) => ({ resource: key(change), planned: inPlan.get(key(change))?.action, foreseen: change.action })),
    ...planned.resources.filter((resource) => !possible.has(key(resource)) && !hidden(resource)).map((resource) => ({ resource: key(resource), planned: resource.action })),
  ];
  return { ...planned, resources: [...resources, ...added], foresight: { changes: changes.length, differs, unseen: [...unseen] } };
}
