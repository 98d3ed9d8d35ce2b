import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { suffixOf, type RolloutPart } from './nodes';
import type { Target } from './target';

/** Root outputs: deployment → region → output → value. */
export type RootOutputs = Record<string, Record<string, Record<string, string>>>;

/** Remembers the outputs of a root stack. */
export function recordOutputs(outputs: RootOutputs, deployment: string, region: string, stack: Stack | undefined): void {
  const values = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }): [string, string] => [OutputKey, OutputValue]);
  (outputs[deployment] ??= {})[region] = Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A stack as it stands, or undefined when there is none. By id, because deleted stacks answer only to that. */
export async function describeStack(target: Target, region: string, stackId: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await target.in(region).cloudFormation.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * The file that keeps the root outputs of a system's environment.
 * @param state the folder for what rollouts leave behind, apart from `dist`, which every build replaces
 */
export function outputsFile(state: string, target: Target, part: RolloutPart): string {
  const { system, environment } = part.build.manifest;
  return join(state, target.kind === 'local' ? 'local' : target.account, system, environment, suffixOf(part), 'outputs.json');
}

/** Writes the outputs, whole or not at all. */
export function writeOutputs(file: string, outputs: RootOutputs): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomic(file, `${JSON.stringify(outputs, null, 2)}\n`);
}

/** Removes the outputs of what was destroyed. */
export function removeOutputs(file: string): void {
  if (existsSync(file)) rmSync(file);
}
