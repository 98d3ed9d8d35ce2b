import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { estimateCost, readPods, readPriceList, usageOf, type CostEstimate, type Usage } from '../../analyse/cost';
import { environmentFolder } from '../../build/manifest';
import { MeridianError, type ExitCode } from '../../errors';
import { loadSystem } from '../../resolve';
import { checkout } from '../../toolchain';
import { chooseSystems } from '../choose';
import type { Context } from '../context';
import { renderCost, renderCostDiff } from '../render/cost';
import { printJson } from '../terminal';
import { buildSystems } from './build-systems';
import { deployParameters } from './deploy-parameters';

/** What `meridian cost` was asked for. */
export interface CostCommandOptions {
  readonly system: string;
  /** @default all */
  readonly environment?: string;
  /** File that an earlier `--json` wrote. */
  readonly diff?: string;
  readonly json?: boolean;
}

/** An environment with its estimate. */
export interface EnvironmentCost {
  readonly system: string;
  readonly environment: string;
  readonly estimate: CostEstimate;
  readonly usage: Usage;
}

/** What an estimate is compared with: as much of an earlier one as the comparison needs. */
const earlierSchema = z.object({ environments: z.array(z.object({ system: z.string(), environment: z.string(), estimate: z.object({ lines: z.array(z.object({ deployment: z.string(), region: z.string(), component: z.string(), usd: z.number() })) }) })) });
export type EarlierCost = z.infer<typeof earlierSchema>;

/**
 * Prints what a month of a system's environments costs.
 * @throws MeridianError (exit 2) for a system or environment that is not there, and for a file that no earlier estimate is in
 */
export async function runCost(context: Context, { system: name, environment, diff, json }: CostCommandOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const [system] = chooseSystems(workspace.loadSystems(), name, environment);
  if (!system) throw new MeridianError('System: none is named. Name the system to estimate.', 2);
  const earlier = diff === undefined ? undefined : readEarlier(diff);
  const manifests = await buildSystems(context, [system], environment === undefined ? system.environments : [environment]);
  const prices = readPriceList(join(checkout, 'prices', 'list.json'));
  const environments = manifests.map((manifest): EnvironmentCost => {
    const { environment: of, regions } = manifest;
    const { suffix, values } = deployParameters(workspace, { system: name, environment: of });
    const usage = usageOf(of);
    const deployments = loadSystem(workspace.dist, name, of, { parameters: { ...values, EnvironmentSuffix: suffix } });
    return { system: name, environment: of, estimate: estimateCost(deployments, regions.primary, prices, usage, readPods(environmentFolder(workspace.dist, name, of), manifest)), usage };
  });
  if (json) printJson(terminal, { exitCode: 0, environments });
  else terminal.print(environments.map((each) => (earlier ? renderCostDiff(each, earlier, terminal) : renderCost(each, terminal))).join('\n'));
  return 0;
}

function readEarlier(file: string): EarlierCost {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new MeridianError(`Earlier estimate ${file}: it cannot be read as JSON. Write one with "meridian cost <system> --json > ${file}".`, 2, { cause });
  }
  const parsed = earlierSchema.safeParse(text);
  if (!parsed.success) throw new MeridianError(`Earlier estimate ${file}: it is not what "meridian cost --json" writes (${parsed.error.issues[0]?.path.join('.')}). Write one with that command.`, 2);
  return parsed.data;
}
