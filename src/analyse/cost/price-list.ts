import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MeridianError } from '../../errors';

const price = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  service: z.string().min(1),
  /** What one is paid for: `hour`, `GB-month`, `million requests`. */
  unit: z.string().min(1),
  usd: z.record(z.string().regex(/^[a-z]{2}-[a-z]+-\d$/), z.number().min(0)),
  page: z.url(),
  asOf: z.iso.date(),
  verified: z.boolean(),
  note: z.string().optional(),
});

const list = z.strictObject({ about: z.string(), prices: z.array(price).min(1) });

/** A list price on demand, by region. `verified` is false, and `note` says why, where it was not read on a page of AWS. */
export type Price = z.infer<typeof price>;

/** The prices of a dated list. */
export interface PriceList {
  readonly prices: ReadonlyMap<string, Price>;
  /** The oldest date of the list: no estimate is newer. */
  readonly asOf: string;
}

/**
 * Reads a list of prices, such as `prices/list.json`.
 * @param file path of the JSON file
 * @throws MeridianError (exit 2) for a file that can't be read or is no such list, and for an id that is there twice
 */
export function readPriceList(file: string): PriceList {
  const parsed = list.safeParse(readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MeridianError(`Price list ${file}: ${issue?.path.join('.') || 'the file'} is wrong (${issue?.message}). Correct the file.`, 2);
  }
  return priceList(parsed.data.prices);
}

/** @throws MeridianError (exit 2) for an id that is there twice */
function priceList(prices: readonly Price[]): PriceList {
  const twice = prices.find(({ id }, index) => prices.findIndex((other) => other.id === id) !== index);
  if (twice) throw new MeridianError(`Price ${twice.id}: the list has it twice. Leave the one that holds.`, 2);
  const [asOf = ''] = prices.map((each) => each.asOf).sort();
  return { prices: new Map(prices.map((each) => [each.id, each])), asOf };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new MeridianError(`Price list ${file}: it cannot be read as JSON. Restore the file.`, 2, { cause });
  }
}
