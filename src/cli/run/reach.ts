import { attempts, openPaths, regionReach, regionsWithNetwork, type Attempt, type OpenPath, type Place, type RegionReach } from '../../analyse/reachability';
import { MeridianError, type ExitCode } from '../../errors';
import { loadSystem } from '../../resolve';
import { chooseSystem } from '../choose';
import type { Context } from '../context';
import { renderAttempts, renderOpenPaths } from '../render/reach';
import { printJson } from '../terminal';
import { unknownName } from '../unknown-name';
import { buildSystems } from './build-systems';
import { deployParameters } from './deploy-parameters';

/** What `meridian reach` was asked for. */
export interface ReachCommandOptions {
  readonly system: string;
  readonly environment: string;
  /** Name of a place. */
  readonly from?: string;
  /** Name of a place, and a port after a colon. */
  readonly to?: string;
  /** @default the system's primary region */
  readonly region?: string;
  readonly json?: boolean;
}

/** A place and the port that was named with it. */
interface Named {
  readonly place: Place;
  readonly port?: number;
}

/**
 * Prints who reaches whom in one region, or the ways between two places.
 * @returns 1 when two places were named and no way between them is open
 * @throws MeridianError (exit 2) for a system, environment, region or place that is not there
 */
export async function runReach(context: Context, { system, environment, from, to, region, json }: ReachCommandOptions): Promise<ExitCode> {
  const { terminal } = context;
  const reach = await readReach(context, { system, environment, region });
  const title = `${system} ${environment} · ${reach.region}`;
  const source = from === undefined ? undefined : namedIn(reach, 'from', from);
  const target = to === undefined ? undefined : namedIn(reach, 'to', to);
  if (source && target) {
    const ways = waysBetween(reach, source, target);
    const exitCode = ways.some(({ state }) => state === 'open') ? 0 : 1;
    if (json) printJson(terminal, { exitCode, system, environment, region: reach.region, from: source.place.name, to: target.place.name, attempts: ways });
    else terminal.print(renderAttempts(title, ways, terminal));
    return exitCode;
  }
  const paths = openPaths(reach.network, reach.places).filter((path) => isAbout(path, source, target));
  if (json) printJson(terminal, { exitCode: 0, system, environment, region: reach.region, places: reach.places.map(({ name, kind }) => ({ name, kind })), paths, requests: reach.routes });
  else terminal.print(renderOpenPaths(title, paths, source || target ? [] : reach.routes, terminal));
  return 0;
}

async function readReach(context: Context, { system: name, environment, region }: Pick<ReachCommandOptions, 'system' | 'environment' | 'region'>): Promise<RegionReach> {
  const { workspace } = context;
  const system = chooseSystem(workspace.loadSystems(), name, environment);
  const [manifest] = await buildSystems(context, [system], [environment]);
  const { suffix, values } = deployParameters(workspace, { system: name, environment });
  const deployments = loadSystem(workspace.dist, name, environment, { parameters: { ...values, EnvironmentSuffix: suffix } });
  const regions = regionsWithNetwork(deployments);
  const chosen = region ?? (regions.find((each) => each === manifest?.regions.primary) ?? regions[0]);
  if (chosen === undefined) throw new MeridianError(`System "${name}": it has no VPC, so that nobody reaches anything in one. Name a system with a network.`, 2);
  if (!regions.includes(chosen)) throw unknownName('Region', chosen, regions);
  return regionReach(deployments, chosen);
}

function namedIn({ places }: RegionReach, option: 'from' | 'to', text: string): Named {
  const [, name = text, port] = (option === 'to' ? /^(.+?):(\d{1,5})$/.exec(text) : undefined) ?? [];
  const place = places.find((each) => each.name === name);
  if (!place) throw unknownName('Place', name, places.map((each) => each.name));
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) throw new MeridianError(`Option --to: ${port} is no TCP port. Give one from 1 to 65535.`, 2);
  return port === undefined ? { place } : { place, port: Number(port) };
}

function waysBetween(reach: RegionReach, from: Named, to: Named): readonly Attempt[] {
  const ways = attempts(reach, from.place, to.place, to.port);
  if (ways.length === 0) throw new MeridianError(`Way from "${from.place.name}" to "${to.place.name}": it does not touch the VPC, or its source only answers. Name somebody in the VPC, and who connects with --from.`, 2);
  return ways;
}

function isAbout({ from, to, ports }: OpenPath, source: Named | undefined, target: Named | undefined): boolean {
  const port = target?.port;
  return (source === undefined || source.place.name === from) && (target === undefined || target.place.name === to) && (port === undefined || ports.some(([first, last]) => first <= port && port <= last));
}
