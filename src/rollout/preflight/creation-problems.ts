import type { RolloutNode, RolloutPart } from '../nodes';
import type { Survey } from '../survey';
import type { Target } from '../target';
import { newStacks } from './new-stack';

/** What would make the first creation of a stack fail although its templates are right, one sentence each. Changes nothing. */
export async function creationProblems(target: Target, parts: readonly RolloutPart[], nodes: readonly RolloutNode[], states: Survey): Promise<string[]> {
  const stacks = newStacks(target, nodes, states);
  if (stacks.length === 0) return [];
  // Loaded late: a rollout that only updates needs none of their clients.
  const { nameProblems } = require('./name-problems') as typeof import('./name-problems');
  const { quotaProblems } = require('./quota-problems') as typeof import('./quota-problems');
  const { typeProblems } = require('./type-problems') as typeof import('./type-problems');
  const { zoneProblems } = require('./zone-problems') as typeof import('./zone-problems');
  const problems = await Promise.all([typeProblems(stacks), nameProblems(stacks), quotaProblems(stacks), ...parts.map((part) => zoneProblems(target, part))]);
  return problems.flat();
}
