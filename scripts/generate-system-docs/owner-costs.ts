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
  /** The lines of the estimate that are for the same: by price, and by resource where several use it. */
  ours: z.strictObject({ prices: z.array(z.string()), resource: z.string().optional() }),
  /** Why they differ. */
  because: z.string(),
});

/** How the estimate answers what the owner said of saving or growing. */
const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  /** What Spot saves of an environment's tasks. */
  z.strictObject({ kind: z.literal('spot'), environment: z.string() }),
  /** What sleeping saves of an environment's tasks. */
  z.strictObject({ kind: z.literal('night'), environment: z.string() }),
  /** What lines of an environment's estimate come to. */
  z.strictObject({ kind: z.literal('lines'), environment: z.string(), region: z.string().optional(), component: z.string().optional(), resource: z.string().optional(), prices: z.array(z.string()).optional() }),
  /** Something by the hour in the first region; a cost is a negative saving. */
  z.strictObject({ kind: z.literal('price'), price: z.string(), quantity: z.number() }),
  /** By how much the first of each pair is cheaper than the second. */
  z.strictObject({ kind: z.literal('cheaper'), pairs: z.array(z.tuple([z.string(), z.string()])) }),
  /** An environment at millions of requests a month. */
  z.strictObject({ kind: z.literal('requests'), environment: z.string(), millions: z.array(z.number()) }),
]);
export type Answer = z.infer<typeof answer>;

const ownerCosts = z.strictObject({
  hoursOfMonth: z.number(),
  total: z.number(),
  parts: z.array(z.strictObject({ id: z.string(), name: z.string(), subtotal: z.number().optional(), lines: z.array(line) })),
  levers: z.array(z.strictObject({ id: z.string(), name: z.string(), claimed: amount, of: z.string().optional(), share: z.number().optional(), remark: z.string(), ours: answer, because: z.string() })),
  /** The environments beside the owner's figures: the one as the owner wrote it, counted in its first region, and the one advised, in both. */
  beside: z.strictObject({ specified: z.string(), advised: z.string() }),
  remarks: z.array(z.strictObject({ id: z.string(), says: z.string(), ours: answer, because: z.string() })),
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

export const rangeOf = (claimed: Line['claimed']): Range => (typeof claimed === 'number' ? [claimed, claimed] : claimed);
export const sum = (ranges: readonly Range[]): Range => ranges.reduce<Range>(([least, most], each) => [least + each[0], most + each[1]], [0, 0]);
export const shown = ([least, most]: Range): string => (least.toFixed(2) === most.toFixed(2) ? usd(least) : `${usd(least)} – ${usd(most)}`);

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
