import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { usd } from './figures';
import { table } from './table';

const amount = z.union([z.number(), z.tuple([z.number(), z.number()])]);

const line = z.strictObject({
  id: z.string().optional(),
  name: z.string(),
  claimed: amount,
  quantity: z.number().optional(),
  unitPrice: z.number().optional(),
  hourly: z.boolean().optional(),
  rest: z.string().optional(),
  remark: z.string().optional(),
});

const ownerCosts = z.strictObject({
  hoursOfMonth: z.number(),
  total: z.number(),
  parts: z.array(z.strictObject({ id: z.string(), name: z.string(), subtotal: z.number().optional(), lines: z.array(line) })),
  levers: z.array(z.strictObject({ id: z.string(), name: z.string(), claimed: amount, of: z.string().optional(), share: z.number().optional(), remark: z.string() })),
});

/** What a system's owner wrote about its cost, with the unit prices of the same text. */
export type OwnerCosts = z.infer<typeof ownerCosts>;
type Line = z.infer<typeof line>;
type Range = readonly [least: number, most: number];

/** Reads a file such as `docs/systems/kasha-owner-costs.yaml`; undefined when the owner wrote nothing. */
export function readOwnerCosts(file: string): OwnerCosts | undefined {
  return existsSync(file) ? ownerCosts.parse(parse(readFileSync(file, 'utf8'))) : undefined;
}

/** What a line comes to by its own unit price, in USD a month; undefined when it gives none. */
export function recomputed({ quantity, unitPrice, hourly }: Line, hoursOfMonth: number): number | undefined {
  return quantity === undefined || unitPrice === undefined ? undefined : quantity * unitPrice * (hourly ? hoursOfMonth : 1);
}

const rangeOf = (claimed: Line['claimed']): Range => (typeof claimed === 'number' ? [claimed, claimed] : claimed);
const sum = (ranges: readonly Range[]): Range => ranges.reduce<Range>(([least, most], each) => [least + each[0], most + each[1]], [0, 0]);
const shown = ([least, most]: Range): string => (least.toFixed(2) === most.toFixed(2) ? usd(least) : `${usd(least)} – ${usd(most)}`);

/** What a line counts in the recomputed sums: its own price where it says all, else what is claimed. */
function counted(each: Line, hoursOfMonth: number): Range {
  const own = recomputed(each, hoursOfMonth);
  return own === undefined || each.rest !== undefined ? rangeOf(each.claimed) : [own, own];
}

function fault(each: Line, hoursOfMonth: number): string {
  const own = recomputed(each, hoursOfMonth);
  const [, claimed] = rangeOf(each.claimed);
  if (own !== undefined && each.rest !== undefined) return `the rest, ${usd(claimed - own)}, is for ${each.rest}, of which no number is given`;
  const factor = own === undefined || claimed === 0 ? 1 : claimed / own;
  const times = factor > 1.5 ? `${factor.toFixed(1)} times too high` : '';
  return [times, each.remark ?? ''].filter((text) => text !== '').join('; ') || 'nothing';
}

/** The owner's lines beside what the owner's own unit prices come to, with subtotals and the total. */
export function ownerCostsTable({ hoursOfMonth, total, parts }: OwnerCosts): string {
  const rows = parts.flatMap(({ id, name, subtotal, lines }) => {
    const claimed = sum(lines.map((each) => rangeOf(each.claimed)));
    const own = sum(lines.map((each) => counted(each, hoursOfMonth)));
    const body = lines.map((each) => [each.id ?? id, each.name, shown(rangeOf(each.claimed)), workings(each, hoursOfMonth), fault(each, hoursOfMonth)]);
    return [...body, [id, `**${name}**`, `**${shown(subtotal === undefined ? claimed : [subtotal, subtotal])}**`, `**${shown(own)}**`, '']];
  });
  const claimed = sum(parts.flatMap(({ subtotal, lines }) => (subtotal === undefined ? lines.map((each) => rangeOf(each.claimed)) : [[subtotal, subtotal] as const])));
  const own = sum(parts.flatMap(({ lines }) => lines.map((each) => counted(each, hoursOfMonth))));
  return table(['Id', 'Owner’s line', 'Owner’s figure', 'By the owner’s unit prices', 'What is wrong with it'], [
    ...rows,
    ['KSH-130', '**Total**', `**${usd(total)}**`, `**${shown(own)}**`, `the owner’s own lines add up to ${shown(claimed)}; one region is counted, and two are asked for`],
  ]);
}

function workings(each: Line, hoursOfMonth: number): string {
  const own = recomputed(each, hoursOfMonth);
  if (own === undefined) return '–';
  return `${each.quantity} × ${each.unitPrice}${each.hourly ? ` × ${hoursOfMonth} h` : ''} = ${usd(own)}`;
}

/** The owner's savings beside what the owner's own unit prices come to. */
export function leversTable({ hoursOfMonth, parts, levers }: OwnerCosts): string {
  const worth = (name: string): number => {
    const lines = parts.find((part) => part.name === name)?.lines ?? parts.flatMap((part) => part.lines).filter((each) => each.name === name);
    return sum(lines.map((each) => counted(each, hoursOfMonth)))[0];
  };
  const rows = levers.map(({ id, name, claimed, of, share = 1, remark }) => [id, name, shown(rangeOf(claimed)), of === undefined ? '–' : `${Number((share * 100).toFixed(2))} % of ${usd(worth(of))} = ${usd(share * worth(of))}`, remark]);
  return table(['Id', 'Owner’s saving', 'Owner’s figure', 'By the owner’s unit prices', 'What is wrong with it'], rows);
}
