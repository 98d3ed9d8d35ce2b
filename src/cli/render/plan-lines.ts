import type { PropertyChange, ResourceChange } from '../../rollout';
import type { resultPaint } from '../terminal';
import type { PlanEntry } from './plan-entries';
import { valueChange } from './plan-value';
import { table } from './table';

type Paint = ReturnType<typeof resultPaint>;

/** Entries of a plan as lines: resources with their properties, parameters, and the two tables of who may do and reach what. */
export function entryLines(entries: readonly PlanEntry[], paint: Paint): string[] {
  const permissions = entries.flatMap((entry) => (entry.kind === 'permission' ? [entry.item] : []));
  const rules = entries.flatMap((entry) => (entry.kind === 'rule' ? [entry.item] : []));
  return [
    ...entries.flatMap((entry) => (entry.kind === 'resource' ? resourceLines(entry.item, paint) : [])),
    ...entries.flatMap((entry) => (entry.kind === 'parameter' ? [`${paint.yellow('~')} parameter ${entry.item.name}  ${valueChange(entry.item.before, entry.item.after)}`] : [])),
    ...(permissions.length === 0 ? [] : tableLines('IAM', ['Effect', 'Action', 'Resource', 'Principal', 'Condition'], permissions.map(({ sign, effect, action, resource, principal, condition }) => [sign, effect, action, resource, principal, condition]), paint)),
    ...(rules.length === 0 ? [] : tableLines('Security groups', ['Way', 'Protocol', 'Peer', 'Group'], rules.map(({ sign, direction, protocol, peer, group }) => [sign, direction, protocol, peer, group]), paint)),
  ];
}

const signs = { add: '+', change: '~', replace: '!', 'may-replace': '!', remove: '-' } as const;
const words = { add: '', change: '', replace: 'REPLACE', 'may-replace': 'MAY REPLACE', remove: 'REMOVE' } as const;
const fates = { deleted: 'the present one is deleted', kept: 'the present one is kept outside the system', snapshot: 'a snapshot is kept' } as const;

function resourceLines({ path, logicalId, type, action, old, storesData, properties }: ResourceChange, paint: Paint): string[] {
  const color = { add: paint.green, change: paint.yellow, replace: paint.red, 'may-replace': paint.red, remove: paint.red }[action];
  const loss = words[action] === '' ? [] : [color(words[action]), ...(old && (storesData || old !== 'deleted') ? [fates[old]] : []), ...(storesData ? [color('stores data')] : [])];
  const head = `${color(signs[action])} ${[...path, logicalId].join('/')}  ${paint.dim(type)}${loss.length > 0 ? `  ${loss.join(' · ')}` : ''}`;
  return [head, ...properties.map((property) => `    ${propertyLine(property, paint)}`)];
}

const replaces = { never: '', maybe: 'may replace', always: 'replaces' } as const;

function propertyLine({ property, before, after, replaces: how }: PropertyChange, paint: Paint): string {
  return `${property}  ${valueChange(before, after)}${how === 'never' ? '' : `  ${paint.red(replaces[how])}`}`;
}

function tableLines(title: string, heads: readonly string[], rows: readonly (readonly string[])[], paint: Paint): string[] {
  const signed = rows.map(([sign, ...cells]) => [sign === '+' ? paint.green('+') : paint.red('-'), ...cells.map((cell) => cell.replaceAll('\n', ', '))]);
  return [paint.bold(title), ...table([{ head: '' }, ...heads.map((head) => ({ head }))], signed).split('\n').map((line) => `  ${line}`)];
}
