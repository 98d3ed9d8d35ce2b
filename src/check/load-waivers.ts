import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MeridianError } from '../errors';
import { defineWaivers, type Waiver } from './waiver';

/** Systems whose folder stands beside those of the others: what an account and an organisation have once. */
const apart: readonly string[] = ['account', 'organization'];

/** The file that a system's waivers are written in, from the checkout. */
export function waiversFile(system: string): string {
  return apart.includes(system) ? `templates/${system}/waivers.ts` : `templates/systems/${system}/waivers.ts`;
}

/**
 * The waivers of every system that has any: what each `waivers.ts` exports as `waivers`.
 * @param project the folder of `templates`
 * @throws MeridianError with exit code 2 naming the file, when one of them can't be loaded or is malformed
 */
export function loadWaivers(project: string): Waiver[] {
  const systems = join(project, 'templates', 'systems');
  const names = existsSync(systems) ? readdirSync(systems, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : [];
  return [...apart, ...names.sort()]
    .map(waiversFile)
    .filter((file) => existsSync(join(project, file)))
    .flatMap((file) => readWaivers(project, file));
}

function readWaivers(project: string, file: string): readonly Waiver[] {
  try {
    const { waivers } = require(join(project, file)) as { readonly waivers?: readonly Waiver[] };
    if (Array.isArray(waivers)) return defineWaivers(waivers);
  } catch (cause) {
    const why = cause instanceof MeridianError ? cause.message : `it can't be loaded: ${cause instanceof Error ? cause.message : String(cause)}. Correct it.`;
    throw new MeridianError(`${file}: ${why}`, 2, { cause });
  }
  throw new MeridianError(`${file}: it exports no list "waivers". Write export const waivers = defineWaivers([…]) there.`, 2);
}
