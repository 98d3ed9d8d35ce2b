import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MeridianError } from '../../errors';

const figure = z.strictObject({
  service: z.string().min(1),
  configuration: z.string().min(1),
  percent: z.number().min(0).max(100),
  per: z.enum(['account', 'region', 'resource']),
  page: z.url(),
  asOf: z.iso.date(),
  verified: z.boolean(),
  note: z.string().optional(),
});

const table = z.strictObject({ about: z.string(), figures: z.array(figure).min(1) });

/**
 * Uptime that AWS commits itself to for one configuration of a service. `percent` is of a month; `per` is what one commitment
 * covers: two resources of a region's service fall together, two resources with a commitment each fall one by one. `asOf` is the
 * date on the page; `verified` is false, and `note` says why, where the figure was not read on a page of AWS that is in effect.
 */
export type SlaFigure = z.infer<typeof figure>;

/**
 * Reads a table of SLA figures, such as `prices/sla.json`.
 * @param file path of the JSON file
 * @throws MeridianError for a file that can't be read or is no such table, and for two figures of one configuration
 */
export function readSlaFigures(file: string): readonly SlaFigure[] {
  const parsed = table.safeParse(readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MeridianError(`SLA figures ${file}: ${issue?.path.join('.') || 'the file'} is wrong (${issue?.message}). Correct the file.`, 2);
  }
  const { figures } = parsed.data;
  const twice = figures.find((one, index) => figures.findIndex((other) => other.service === one.service && other.configuration === one.configuration) !== index);
  if (twice) throw new MeridianError(`SLA figures ${file}: ${twice.service} with ${twice.configuration} is there twice. Leave the figure that holds.`, 2);
  return figures;
}

/**
 * The figure of a configuration.
 * @throws MeridianError when the table has none, because a part of the path that is left out would make the result too good
 */
export function slaFigure(figures: readonly SlaFigure[], service: string, configuration: string): SlaFigure {
  const found = figures.find((each) => each.service === service && each.configuration === configuration);
  if (!found) throw new MeridianError(`SLA of ${service} with ${configuration}: the table has no figure. Add it to prices/sla.json with the page that names it.`, 2);
  return found;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new MeridianError(`SLA figures ${file}: they cannot be read as JSON. Restore the file.`, 2, { cause });
  }
}
