import { setTimeout as sleep } from 'node:timers/promises';
import { MeridianError, type ExitCode } from '../errors';
import { accountsOfDeployment } from './accounts/accounts';
import { referenceTo, stackSetOf, type InstanceRegions, type RolloutNode, type RolloutPart } from './nodes';
import { describeOperation, runningOperation } from './operation';
import type { Listener } from './progress';
import { readStackSet, type StackSetState } from './stack-set';
import type { Target } from './target';

/** The StackSets of some parts as they stand, by name; one that doesn't exist is not in the map. */
export type Survey = ReadonlyMap<string, StackSetState>;

/** Reads every StackSet of the parts. Changes nothing. */
export async function survey(target: Target, parts: readonly RolloutPart[]): Promise<Survey> {
  const found = await Promise.all(
    parts.flatMap((part) =>
      part.build.manifest.deployments.map(async (deployment) => {
        const name = stackSetOf(part, deployment);
        return [name, await readStackSet(target, part.build.homeRegion, name)] as const;
      }),
    ),
  );
  return new Map(found.filter((entry): entry is [string, StackSetState] => entry[1] !== undefined));
}

/** The regions in which each StackSet has an instance. */
export function instanceRegions(states: Survey): InstanceRegions {
  return new Map([...states].map(([name, { instances }]) => [name, instances.regions]));
}

/** Of those the regions in which an account that is listed has none yet. */
export function joinedRegions(target: Target, parts: readonly RolloutPart[], states: Survey): InstanceRegions {
  const joined = parts.flatMap((part) =>
    part.build.manifest.deployments.flatMap((deployment): [string, Set<string>][] => {
      const name = stackSetOf(part, deployment);
      const instances = states.get(name)?.instances;
      if (!instances) return [];
      const lacks = (region: string): boolean => accountsOfDeployment(target, part, deployment).some((account) => !instances.get(account, region));
      return [[name, new Set([...instances.regions].filter(lacks))]];
    }),
  );
  return new Map(joined);
}

/** How long to wait for somebody else's operation, and what to end with when it takes longer. */
export interface Patience {
  /** Seconds. */
  readonly wait: number;
  readonly exitCode: ExitCode;
  /** Ids of operations that are ours: they are not waited for. @default none */
  readonly ours?: ReadonlySet<string>;
}

/**
 * Waits until no operation runs on a node's StackSet. Nobody else's operation is ever stopped.
 * @returns whether there was one to wait for: it may have changed which instances there are
 * @throws MeridianError naming the other operation when it runs on for longer than we may wait
 */
export async function waitUntilFree(target: Target, node: RolloutNode, { wait, exitCode, ours }: Patience, listener: Listener): Promise<boolean> {
  const until = performance.now() + wait * 1_000;
  const { first, longest } = target.pollPace;
  for (let pause = first, told = false; ; pause = Math.min(pause * 1.5, longest)) {
    const operation = await runningOperation(target, node.build.homeRegion, node.stackSet);
    if (!operation || ours?.has(operation.operationId)) return told;
    if (performance.now() >= until) {
      throw new MeridianError(
        `StackSet ${node.stackSet} busy: ${describeOperation(operation)}. Wait until it ends and run the same command again, or give --wait with the seconds to wait for it.`,
        exitCode,
      );
    }
    if (!told) listener({ type: 'waiting', node: referenceTo(node), operation });
    told = true;
    await sleep(pause);
  }
}
