import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { accountsOf, mainAccount, standsApart } from './accounts/accounts';
import { suffixOf, type RolloutPart } from './nodes';
import type { Target } from './target';

/** Root outputs: deployment → region → output → value. */
export type RootOutputs = Record<string, Record<string, Record<string, string>>>;

/** The root outputs of a part, in each of its accounts. */
export class AccountOutputs {
  private readonly byAccount: ReadonlyMap<string, RootOutputs>;

  constructor(private readonly target: Target, private readonly part: RolloutPart) {
    this.byAccount = new Map(accountsOf(target, part).map((account) => [account, {}]));
  }

  /** Those of the account that stands for all (see `mainAccount`). */
  get main(): RootOutputs {
    return this.byAccount.get(mainAccount(this.target, this.part))!;
  }

  /** Remembers the outputs of a root stack; those of a deployment with an account of its own among the main account's, whose deployments they are for. */
  record(account: string, deployment: string, region: string, stack: Stack | undefined): void {
    const definition = this.part.build.manifest.deployments.find(({ name }) => name === deployment);
    const outputs = definition && standsApart(this.part, definition) ? this.main : this.byAccount.get(account);
    if (!outputs) return;
    const values = (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }): [string, string] => [OutputKey, OutputValue]);
    (outputs[deployment] ??= {})[region] = Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Writes a file for each account. @param state as for `outputsFile` */
  write(state: string): void {
    for (const [account, outputs] of this.byAccount) writeOutputs(outputsFile(state, this.target, this.part, account), outputs);
  }
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
 * The folder for what rollouts of a system's environment leave behind: journal and outputs.
 * @param state the folder for what all rollouts leave behind, apart from `dist`, which every build replaces
 */
export function stateFolder(state: string, target: Target, part: RolloutPart): string {
  const { system, environment } = part.build.manifest;
  return join(state, target.kind === 'local' ? 'local' : target.account, system, environment, suffixOf(part));
}

/**
 * The file that keeps the root outputs of a system's environment in an account: `outputs.json` for the one that stands for all,
 * `accounts/<id>/outputs.json` for any other.
 * @param state   as for `stateFolder`
 * @param account @default the one that stands for all
 */
export function outputsFile(state: string, target: Target, part: RolloutPart, account = mainAccount(target, part)): string {
  const folder = stateFolder(state, target, part);
  return account === mainAccount(target, part) ? join(folder, 'outputs.json') : join(folder, 'accounts', account, 'outputs.json');
}

/** Writes the outputs, whole or not at all. */
function writeOutputs(file: string, outputs: RootOutputs): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomic(file, `${JSON.stringify(outputs, null, 2)}\n`);
}

/** Removes the outputs of what was destroyed, in all accounts. */
export function removeOutputs(file: string): void {
  if (existsSync(file)) rmSync(file);
  rmSync(join(dirname(file), 'accounts'), { recursive: true, force: true });
}
