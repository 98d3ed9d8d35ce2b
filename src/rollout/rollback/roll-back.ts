import type { ExitCode } from '../../errors';
import type { Journal } from '../journal/journal';
import type { NodeResult } from '../node-result';
import { referenceTo, type RolloutNode } from '../nodes';
import { AccountOutputs } from '../outputs';
import { sha256 } from '../package';
import type { Listener, NodeReference } from '../progress';
import { rollNodes, type Run } from '../roll-nodes';
import type { RolloutContext } from '../roll-node';
import { isExplained, placeOf, withoutStop } from '../stop';
import type { Target } from '../target';
import { upload } from '../upload';
import type { Return } from './prepare';
import { templateMismatch } from './verify';

/** Where a rollback got. */
export interface RollbackRun {
  /** 0 the earlier version stands; 3 a node failed, and everything is left as it is; 4 stopped, and it can go on. */
  readonly exitCode: ExitCode;
  /** In the order in which they went back. */
  readonly nodes: readonly NodeResult[];
  /** What did not stand then and stands as it is. */
  readonly left: readonly NodeReference[];
  /** Why it stopped, as a sentence for a person; what to do depends on who asked for it. */
  readonly message?: string;
}

/** What a rollback needs beside the version to go back to. */
export interface RollbackContext {
  readonly target: Target;
  readonly journal: Journal;
  readonly listener: Listener;
  /** Seconds to wait for somebody else's operation. */
  readonly wait: number;
  /** When aborted, nothing more is started. */
  readonly signal?: AbortSignal;
}

/** A rollback that is over, with the outputs of what stands. */
export interface RolledBack extends RollbackRun {
  /** By system. */
  readonly outputs: Readonly<Record<string, AccountOutputs>>;
}

/**
 * Goes back to an earlier version: first, in the reverse of the order of a rollout, each StackSet gets its old template and parameters
 * again; then, in the order of a rollout, what reads a value that has changed by this reads it again. At last the template of every
 * stack is compared with the one that it should have. Stops at the first failure and leaves everything as it is.
 * @param build what the journal says is rolled, so that a rollback which was cut off is known again
 */
export async function rollBack(context: RollbackContext, to: Return, build: string): Promise<RolledBack> {
  const { target, journal } = context;
  const left = to.left.map(referenceTo);
  const outputs = Object.fromEntries(to.parts.map((part) => [part.build.manifest.system, new AccountOutputs(target, part)]));
  const rolling: RolloutContext = { target, journal, wait: context.wait, packages: to.packages, outputs, leftOut: new Map(), listener: asRollback(context.listener) };
  await uploadRoots(target, to);
  journal.start('rollback', build, to.goal);
  context.listener({ type: 'rollback', nodes: to.back.map(referenceTo) });
  const first = await rollNodes(rolling, to.parts, to.back, context);
  const second = first.exitCode === 0 ? await rollNodes({ ...rolling, listener: onlyTrouble(context.listener) }, to.parts, settling(to), context) : undefined;
  const stopped = [first, second].find((run) => run && run.exitCode !== 0);
  const nodes = await verified(target, to, first);
  const wrong = nodes.find(({ outcome }) => outcome === 'failed');
  const exitCode = stopped?.exitCode ?? (wrong ? 3 : 0);
  journal.end(exitCode);
  const message = stopped ? (stopped.what ?? '').replace(/^Rollout failed/, 'Rollback failed') : wrong && `Rollback failed in ${placeOf(wrong.node)}: ${withoutStop(wrong.reason ?? '')}.`;
  return { exitCode, nodes, left, outputs, ...(message && { message }) };
}

/** Roots that are too large for a request are read from the bucket of the home region. */
async function uploadRoots(target: Target, { back, packages }: Return): Promise<void> {
  for (const node of back) {
    const { root, rootByUrl } = packages.get(node.stackSet)!;
    if (rootByUrl) await upload(target, node.build.homeRegion, [root]);
  }
}

/** The nodes once more, in the order of a rollout, with the values that earlier ones give now in the place of those that they gave then. */
function settling({ nodes }: Return): RolloutNode[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return nodes.map((node) => {
    const isGivenNow = (name: string): boolean => {
      const origin = node.definition.parameters[name];
      return origin?.from === 'region' && ids.has(`${node.system}/${node.environment}/${origin.deployment}@${origin.region}`);
    };
    const values = Object.fromEntries(Object.entries(node.parameters.values).filter(([name]) => !isGivenNow(name)));
    return { ...node, parameters: { ...node.parameters, values } };
  });
}

async function verified(target: Target, { back, packages }: Return, { nodes }: Run): Promise<NodeResult[]> {
  return Promise.all(
    nodes.map(async (result, index): Promise<NodeResult> => {
      const node = back[index]!;
      if (result.outcome !== 'done' && result.outcome !== 'unchanged') return result;
      const reason = await templateMismatch(target, node, sha256(packages.get(node.stackSet)!.root.bytes)).catch((error: unknown) => {
        if (isExplained(error)) return `Template not compared with the one that it should be: ${error.message}`;
        throw error;
      });
      if (reason) return { ...result, outcome: 'failed', reason };
      return result.outcome === 'done' ? { ...result, outcome: 'rolled-back' } : result;
    }),
  );
}

function asRollback(listener: Listener): Listener {
  return (event) => {
    if (event.type === 'node-start' && event.action !== 'none') listener({ ...event, action: 'roll-back' });
    else if (event.type === 'node-done' && event.outcome === 'done') listener({ ...event, outcome: 'rolled-back' });
    else listener(event);
  };
}

/** Nodes that only read a value again are not shown, unless they fail. */
function onlyTrouble(listener: Listener): Listener {
  return (event) => {
    if (event.type === 'note' || event.type === 'waiting' || (event.type === 'node-done' && (event.outcome === 'failed' || event.outcome === 'stopped'))) listener(event);
  };
}
