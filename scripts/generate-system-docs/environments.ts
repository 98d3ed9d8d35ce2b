import type { Environment } from '../../src/cfn';
import { table } from './table';

/** Settings that a requirement or decision changes, by its id. */
type Changes = Readonly<Record<string, object>>;

/** The settings that are groups of settings, with how deep they are: what is inside a group is a setting of its own. */
const groups: Readonly<Record<string, number>> = { cache: 1, database: 1, kubernetes: 1, services: 2 };

/** Settings by their path, `database.multiAz`; an object that is no group is one setting. */
function flat(settings: object, depth?: number): Map<string, unknown> {
  return new Map(
    Object.entries(settings).flatMap(([name, value]: [string, unknown]) => {
      const inside = depth ?? groups[name] ?? 0;
      return inside > 0 && value !== null && typeof value === 'object' ? [...flat(value, inside - 1)].map(([key, inner]): [string, unknown] => [`${name}.${key}`, inner]) : [[name, value] as [string, unknown]];
    }),
  );
}

function shown(value: unknown): string {
  if (value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' && value !== null ? Object.values(value).join(', ') : String(value);
}

/**
 * The settings in which a system's environments differ, with what each of them has and which requirements or decisions say so.
 * @param differences what each environment changes, by environment and by the id that forces it
 */
export function environmentsTable(environments: Readonly<Record<string, Environment<object>>>, differences: Readonly<Record<string, Changes>>): string {
  const reasons = new Map<string, Set<string>>();
  for (const [id, change] of Object.values(differences).flatMap((changes) => Object.entries(changes))) {
    for (const setting of flat(change).keys()) reasons.set(setting, (reasons.get(setting) ?? new Set()).add(id));
  }
  const names = Object.keys(environments);
  const settings = Object.values(environments).map((environment) => flat(environment.settings));
  const rows = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1)).map(([setting, ids]) => [`\`${setting}\``, ...settings.map((of) => shown(of.get(setting))), [...ids].sort().join(', ')]);
  return table(['Setting', ...names.map((name) => `\`${name}\``), 'Because'], rows);
}
