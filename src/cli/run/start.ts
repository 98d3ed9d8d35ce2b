import { exitCodeOf, renderTerminal, summaryLine } from '../../check';
import type { System } from '../../cfn';
import type { ExitCode } from '../../errors';
import { ownSystems, shared, systemsTogether } from '../choose';
import type { Context } from '../context';
import type { ProgressKind } from '../options';
import { renderNodes, renderStop, rolledNodes, type RolledNode } from '../render/rollout';
import { nextSteps } from '../render/next-steps';
import { progressPaint, printJson } from '../terminal';
import { buildSystems } from './build-systems';
import { checkSystems } from './check-systems';
import { deployParameters } from './deploy-parameters';
import { roll, type Rolled } from './roll';
import { withTarget, type TargetSession } from './target';

/** What `meridian start` was asked for. */
export interface StartCommandOptions {
  readonly keep?: boolean;
  readonly progress: ProgressKind;
  readonly json?: boolean;
}

/**
 * Builds, checks and rolls the production of every system on the local AWS, what an account shares first, and prints what stands
 * and what to do next. Systems that stand alone are left out. Stops at the first finding or failure.
 */
export async function runStart(context: Context, { keep = false, progress, json }: StartCommandOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const started = performance.now();
  const systems = systemsTogether(workspace.loadSystems());
  const environments = [...new Set(systems.map((system) => inProduction(system).environment))];
  await buildSystems(context, systems, environments);
  const checked = await checkSystems(context, { systems: systems.map(({ name }) => name), environments });
  if (exitCodeOf(checked.findings) !== 0) {
    if (json) printJson(terminal, { exitCode: 1, findings: checked.findings, nodes: [] });
    else terminal.print(renderTerminal(checked, terminal));
    return 1;
  }
  terminal.tell(`  ${progressPaint(terminal).dim(summaryLine(checked))}\n`);

  return withTarget(context, { target: 'local' }, { keep, meanwhile: () => Promise.resolve() }, async (session) => {
    const rolled = await rollAll(context, session, systems, progress);
    terminal.tell('');
    const { exitCode = 0, message } = rolled.at(-1)?.result ?? {};
    const nodes = nodesOf(rolled);
    const seconds = (performance.now() - started) / 1_000;
    if (json) {
      printJson(terminal, { exitCode, ...(message && { message }), seconds, findings: checked.findings, nodes });
      return exitCode;
    }
    terminal.print(`${renderNodes(nodes, 'local', terminal)}`);
    const stop = rolled.map(({ result }) => renderStop(result, terminal)).filter((text) => text !== '');
    if (stop.length > 0) terminal.tell(`\n${stop.join('\n')}`);
    else terminal.print(nextSteps({ systems: ownSystems(systems).map(inProduction), seconds, lifetime: session.local?.lifetime ?? 'own' }, terminal));
    return exitCode;
  });
}

/** Rolls one system after the other until one does not get to its end. */
async function rollAll(context: Context, session: TargetSession, systems: readonly System[], progress: ProgressKind): Promise<Rolled[]> {
  const rolled: Rolled[] = [];
  for (const { name: system, environment } of systemsInOrder(systems)) {
    const last = await roll(context, session, { system, environment, parameters: deployParameters(context.workspace, { system, environment }), wait: 0, progress });
    rolled.push(last);
    if (last.result.exitCode !== 0) break;
  }
  return rolled;
}

/** What an account shares comes first, so that it is rolled by itself and found unchanged afterwards. */
function systemsInOrder(systems: readonly System[]): { readonly name: string; readonly environment: string }[] {
  return [...systems.filter(({ name }) => name === shared.name), ...ownSystems(systems)].map(inProduction);
}

function inProduction({ name, environments }: System): { readonly name: string; readonly environment: string } {
  return { name, environment: environments.includes('production') ? 'production' : environments[0]! };
}

/** Every node once: what an account shares is part of each rollout. */
function nodesOf(rolled: readonly Rolled[]): RolledNode[] {
  const nodes = new Map<string, RolledNode>();
  for (const node of rolled.flatMap(rolledNodes)) {
    const key = Object.values(node.node).join('/');
    if (!nodes.has(key)) nodes.set(key, node);
  }
  return [...nodes.values()];
}
