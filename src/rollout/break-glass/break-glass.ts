import { join } from 'node:path';
import type { ExitCode } from '../../errors';
import { artifactBucketTemplate } from '../../../templates/bootstrap';
import { Journal } from '../journal/journal';
import { JournalLock } from '../journal/lock';
import { buildHash } from '../journal/version';
import { failureOf, type NodeResult } from '../node-result';
import { referenceTo } from '../nodes';
import { stateFolder } from '../outputs';
import { deployPlainStack } from '../plain-stack';
import type { Listener, NodeReference } from '../progress';
import { placeOf, withoutStop } from '../stop';
import { upload } from '../upload';
import { prepareBreakGlass, type BreakGlassOptions } from './prepare';
import { rollStack } from './roll-stack';
import { plainStackName } from './standing-stack';

/** What break-glass would do to one deployment: for a person to confirm. */
export interface BreakGlassIntent {
  readonly node: NodeReference;
  /** `take-over`: the stack of the StackSet's instance is updated past it; `create`: a stack of its own is made. */
  readonly action: 'take-over' | 'create';
  readonly stackName: string;
}

/** How break-glass runs. */
export interface BreakGlassRunOptions extends BreakGlassOptions {
  readonly onEvent?: Listener;
  /** When aborted, it stops after the stack that is under way, with exit code 4. */
  readonly signal?: AbortSignal;
}

/** Where break-glass got. */
export interface BreakGlassResult {
  /** 0 done; 3 a stack failed; 4 stopped, and the same command goes on. */
  readonly exitCode: ExitCode;
  readonly nodes: readonly NodeResult[];
  /** Why it stopped, as a sentence for a person. */
  readonly message?: string;
}

/** Says what `breakGlass` would do, and changes nothing. Throws as `prepareBreakGlass` does. */
export async function planBreakGlass(options: BreakGlassOptions): Promise<BreakGlassIntent[]> {
  const { nodes } = await prepareBreakGlass(options);
  return nodes.map(({ node, standing }) => ({ node: referenceTo(node), action: standing ? 'take-over' : 'create', stackName: standing?.stack.StackName ?? plainStackName(node.stackSet) }));
}

/**
 * Rolls a system in one region past its StackSets, for when their home region is down: makes no call outside the region. Each deployment's
 * stack is brought to what was built, in the order of first creation; the first that fails ends it. The StackSets know nothing of
 * it: the next ordinary rollout, once their home answers, finds what differs and brings everything to what is built then.
 * @throws MeridianError as `prepareBreakGlass` does, (exit 1) when a rollout runs on this machine, (exit 3) when the artifact bucket can't be made
 */
export async function breakGlass(options: BreakGlassRunOptions): Promise<BreakGlassResult> {
  const { target, state, system, environment, region, onEvent: listener = () => undefined, signal } = options;
  const { part, nodes, packages, outputs } = await prepareBreakGlass(options);
  const folder = stateFolder(state, target, part);
  const lock = await JournalLock.take(folder, `Break-glass of ${system} ${environment}`, 0);
  try {
    // A journal of its own: to go on with a rollout, what its StackSets did counts, and they are not asked here.
    const journal = new Journal(join(folder, 'break-glass'));
    journal.start('break-glass', buildHash([part], packages));
    listener({ type: 'bootstrap', stack: artifactBucketTemplate.stackName, region, action: await deployPlainStack(target, region, artifactBucketTemplate) });
    listener({ type: 'package', ...(await upload(target, region, nodes.flatMap(({ package: { artifacts, root } }) => [...artifacts, root]))) });
    listener({ type: 'plan', nodes: nodes.map(({ node }) => referenceTo(node)) });
    const results: NodeResult[] = [];
    for (const each of nodes) {
      const where = placeOf(each.node);
      if (signal?.aborted) return end(4, `Stopped before ${where}. Run the same command again to go on.`);
      const result = await rollStack({ target, journal, listener, outputs }, each);
      results.push(result);
      if (result.outcome === 'failed') return end(3, `Break-glass failed in ${where}: ${withoutStop(failureOf(result))}. Later deployments were not begun; correct the cause and run the same command again.`);
    }
    return end(0);

    function end(exitCode: ExitCode, message?: string): BreakGlassResult {
      journal.end(exitCode);
      return { exitCode, nodes: results, ...(message !== undefined && { message }) };
    }
  } finally {
    lock.release();
  }
}
