import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { MeridianError } from '../../errors';

const frameworkSchema = z.strictObject({
  framework: z.string().min(1),
  short: z.string().min(1),
  version: z.string().min(1),
  published: z.string().min(1),
  source: z.url(),
  controls: z.record(z.string().min(1), z.strictObject({ title: z.string().min(1) })),
});

/** A framework of controls in the version that rules are mapped to: `rules/controls/<slug>.json`. */
export interface Framework extends Readonly<z.infer<typeof frameworkSchema>> {
  /** The name of its file, `pci-dss`. */
  readonly slug: string;
}

/** A control that rules may name. */
export interface Control {
  /** What rule headers and findings call it: `PCI DSS 4.0.1 1.3.1`. */
  readonly name: string;
  /** What its framework calls it: `1.3.1`. */
  readonly id: string;
  readonly title: string;
}

/** Every control that rules may name: one that is not in here is taken for a misspelling. */
export interface Register {
  readonly frameworks: readonly Framework[];
  /** By name. */
  readonly controls: ReadonlyMap<string, Control>;
}

/** The file beside the frameworks that says what Control Tower's controls are evidence for. */
export const controlTowerFile = 'control-tower.json';

/** The order of the frameworks wherever they are listed: the payment card standard's first. */
const order = ['pci-dss', 'nist-800-53', 'soc-2', 'cis-aws', 'mas-trm', 'gdpr'];

/**
 * Reads the frameworks of a folder.
 * @param folder `rules/controls`
 * @throws MeridianError with exit code 2 for a file that can't be read, or is not of their form
 */
export function loadRegister(folder: string): Register {
  const frameworks = jsonFiles(folder).map((file) => readFramework(join(folder, file)));
  frameworks.sort((left, right) => order.indexOf(left.slug) - order.indexOf(right.slug));
  return { frameworks, controls: new Map(frameworks.flatMap(controlsOf).map((control) => [control.name, control])) };
}

/** The controls of a framework, in its own order. */
export function controlsOf({ short, controls }: Framework): Control[] {
  return Object.entries(controls).map(([id, { title }]) => ({ name: `${short} ${id}`, id, title }));
}

/**
 * Makes sure that controls are registered.
 * @param who names them, for example `Rule vpc_flow_log_records_all`
 * @throws MeridianError with exit code 2 naming the first that is not, and the nearest that is
 */
export function requireControls({ controls }: Register, who: string, names: readonly string[]): void {
  const unknown = names.find((name) => !controls.has(name));
  if (unknown === undefined) return;
  const nearest = [...controls.keys()].reduce<string | undefined>((best, name) => (best === undefined || distance(name, unknown) < distance(best, unknown) ? name : best), undefined);
  const hint = nearest === undefined ? '' : `The nearest is "${nearest}". `;
  throw new MeridianError(`${who}: control "${unknown}" is not in rules/controls. ${hint}Name one that is there, or add it with its title once it is verified.`, 2);
}

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json') && name !== controlTowerFile);
  } catch (cause) {
    throw new MeridianError(`Controls ${folder}: it can't be read (${cause instanceof Error ? cause.message : String(cause)}). Restore the folder: rules are judged only when their controls are known.`, 2, { cause });
  }
}

function readFramework(file: string): Framework {
  return { slug: basename(file, '.json'), ...readRegisterFile(file, frameworkSchema) };
}

/**
 * Reads a JSON file beside the register.
 * @throws MeridianError with exit code 2 naming the file and the field
 */
export function readRegisterFile<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : cause instanceof Error ? cause.message : String(cause);
    throw new MeridianError(`Controls ${file}: ${why}. Write it as its neighbours are written.`, 2, { cause });
  }
}
