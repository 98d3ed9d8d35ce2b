import type { RolloutNode } from '../nodes';
import { sha256 } from '../package';
import { templateText } from '../plan/standing';
import { standingRoots } from '../standing-roots';
import type { Target } from '../target';

/**
 * Compares the template of every stack of a node with the one that it should have, by their hashes.
 * @param wanted SHA-256 of the root template
 * @returns what differs, as a sentence; undefined when nothing does
 */
export async function templateMismatch(target: Target, node: RolloutNode, wanted: string): Promise<string | undefined> {
  const roots = (await standingRoots(target, node.build.homeRegion, node.stackSet)).filter(({ region }) => region === node.region);
  if (roots.length === 0) return `Stack of ${node.deployment} in ${node.region} gone: its StackSet has no instance there. Run "meridian status" to see what stands.`;
  for (const { account, region, stackId } of roots) {
    const found = sha256(Buffer.from(await templateText(target.of(account), region, stackId)));
    if (found !== wanted) return `Stack ${stackId} not at the earlier version: its template has the hash ${found.slice(0, 8)}, not ${wanted.slice(0, 8)}. Run the same command again.`;
  }
  return undefined;
}
