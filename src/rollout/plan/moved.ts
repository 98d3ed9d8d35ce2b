import { MeridianError } from '../../errors';
import type { NodePlan, RolloutPlan } from './document';

type State = NodePlan['after'];

/**
 * What is no longer as a plan says: the build, parameters, or what stands. A node that is already as planned has not moved, so that a
 * rollout which was stopped goes on with its plan.
 * @param now the plan that would be made now
 */
export function movedSince(saved: RolloutPlan, now: RolloutPlan): string[] {
  const target = ({ kind, account }: RolloutPlan['target']): string => (kind === 'local' ? `the local AWS, account ${account}` : `account ${account}`);
  if (target(saved.target) !== target(now.target)) return [`the plan is for ${target(saved.target)}, not for ${target(now.target)}`];
  const name = ({ system, environment, suffix }: RolloutPlan): string => `${system} ${environment}, copy "${suffix}"`;
  if (name(saved) !== name(now)) return [`the plan is for ${name(saved)}, not for ${name(now)}`];
  const current = new Map(now.nodes.map((node) => [nodeName(node), node]));
  const planned = new Set(saved.nodes.map(nodeName));
  return [
    ...now.nodes.filter((node) => !planned.has(nodeName(node))).map((node) => `${nodeName(node)}: not in the plan`),
    ...saved.nodes.flatMap((node) => {
      const found = current.get(nodeName(node));
      return (found ? nodeMoves(node, found) : ['no longer rolled']).map((move) => `${nodeName(node)}: ${move}`);
    }),
  ];
}

/**
 * Refuses a plan that the world has left behind.
 * @throws MeridianError (exit 1) saying what moved
 */
export function refuseMoved(saved: RolloutPlan, now: RolloutPlan): void {
  const moves = movedSince(saved, now);
  if (moves.length === 0) return;
  const list = moves.map((move) => `  ${move}\n`).join('');
  throw new MeridianError(`Plan of ${saved.system} ${saved.environment} not executed: the world has moved since it was made.\n${list}Nothing was changed. Run "meridian plan ${now.system} ${now.environment}" again and read the new plan.`, 1);
}

function nodeName({ node: { system, deployment, region }, account }: NodePlan): string {
  return `${system} ${deployment} in ${region}${account === undefined ? '' : `, account ${account}`}`;
}

function nodeMoves(saved: NodePlan, now: NodePlan): string[] {
  const built = saved.after.template === now.after.template ? [] : [`another template was built (${short(now.after)}, planned ${short(saved.after)})`];
  const given = differing(saved.after, now.after).map((name) => `parameter ${name} will be ${quoted(now.after.parameters[name])}, planned ${quoted(saved.after.parameters[name])}`);
  return [...built, ...given, ...standingMoves(saved, now)];
}

function standingMoves({ before, after }: NodePlan, { before: now }: NodePlan): string[] {
  if (now && isAs(after, now)) return [];
  if (!before || !now) return before === now ? [] : [now ? 'a stack stands now where there was none' : 'the stack is gone'];
  const template = before.template === now.template ? [] : [`the stack has another template (${short(now)}, was ${short(before)})`];
  const changed = differing(before, now).map((name) => `the stack has parameter ${name} ${quoted(now.parameters[name])}, was ${quoted(before.parameters[name])}`);
  return [...template, ...changed];
}

function isAs(planned: State, now: State): boolean {
  return planned.template === now.template && differing(planned, now).length === 0;
}

/** Parameters whose values differ; what the plan could not know may be anything. */
function differing(planned: State, now: State): string[] {
  const names = [...new Set([...Object.keys(planned.parameters), ...Object.keys(now.parameters)])].sort();
  return names.filter((name) => planned.parameters[name] !== null && planned.parameters[name] !== now.parameters[name]);
}

function short({ template }: State): string {
  return template.slice(0, 8);
}

function quoted(value: string | null | undefined): string {
  if (value === undefined) return 'nothing';
  return value === null ? 'known only later' : `"${value}"`;
}
