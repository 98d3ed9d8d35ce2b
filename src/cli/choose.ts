import type { System } from '../cfn';
import { unknownName } from './unknown-name';

/**
 * The systems that a command is about: the one named, else all.
 * @throws MeridianError with the nearest name, for one that doesn't exist, or an environment that it doesn't have
 */
export function chooseSystems(systems: readonly System[], name: string | undefined, environment: string | undefined): readonly System[] {
  if (name === undefined) return systems;
  const system = systems.find((each) => each.name === name);
  if (!system) throw unknownName('System', name, systems.map((each) => each.name));
  if (environment !== undefined && !system.environments.includes(environment)) throw unknownName('Environment', environment, system.environments);
  return [system];
}

/** The one system that is named, in an environment that it has. Throws as `chooseSystems` does. */
export function chooseSystem(systems: readonly System[], name: string, environment: string): System {
  return chooseSystems(systems, name, environment)[0]!;
}

/** Name and only environment of what all systems of an account share. It is rolled before them. */
export const shared = { name: 'account', environment: 'shared' } as const;

/** The systems that stand in an account beside each other, what it shares among them: all but those that stand alone. */
export function systemsTogether(systems: readonly System[]): readonly System[] {
  return systems.filter(({ standsAlone }) => !standsAlone);
}

/** What is rolled with a system, in this order: what its account shares, unless the system is that or stands alone, and the system. */
export function rolledWith(systems: readonly System[], system: string): readonly System[] {
  const alone = systems.some(({ name, standsAlone }) => name === system && standsAlone);
  return systems.filter(({ name }) => name === system || (name === shared.name && !alone));
}

/** The systems without what an account shares. */
export function ownSystems(systems: readonly System[]): readonly System[] {
  return systems.filter(({ name }) => name !== shared.name);
}
