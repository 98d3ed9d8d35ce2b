import { join } from 'node:path';
import { z } from 'zod';
import { MeridianError } from '../../errors';
import { controlTowerFile, readRegisterFile, requireControls, type Register } from './register';

const mappingSchema = z.strictObject({ title: z.string(), source: z.url(), mappings: z.record(z.string(), z.array(z.string()).min(1)) });

/** What a Control Tower control's own metadata say that it serves: framework names as they write them, with ids. */
export type FrameworkMappings = readonly { readonly ComplianceFramework: string; readonly Ids: readonly string[] }[];

/** Current framework controls by Control Tower control id. */
export type ControlTowerMapping = ReadonlyMap<string, readonly string[]>;

/** Framework names as the metadata write them → as findings print them, for versions that newer ones have superseded. */
const superseded = { 'PCI DSS version 3.2.1': 'PCI DSS 3.2.1', 'CIS AWS Benchmark 1.4': 'CIS 1.4' } as const;

const nist = { written: 'NIST 800-53 Rev 5', short: 'NIST 800-53 r5' } as const;

/**
 * Reads what Control Tower's controls are evidence for in the current frameworks.
 * @param folder `rules/controls`
 * @throws MeridianError with exit code 2 for a control that is not registered
 */
export function loadControlTowerMapping(folder: string, register: Register): ControlTowerMapping {
  const { mappings } = readRegisterFile(join(folder, controlTowerFile), mappingSchema);
  for (const [id, controls] of Object.entries(mappings)) requireControls(register, `Control Tower's ${id} in ${controlTowerFile}`, controls);
  return new Map(Object.entries(mappings));
}

/**
 * Makes sure that every control mapped is one of Control Tower's.
 * @throws MeridianError with exit code 2 naming the first that is not
 */
export function requireControlTowerIds(mapping: ControlTowerMapping, ids: ReadonlySet<string>): void {
  const unknown = [...mapping.keys()].find((id) => !ids.has(id));
  if (unknown !== undefined) throw new MeridianError(`Control Tower's ${unknown}: it is mapped in rules/controls/${controlTowerFile}, but Control Tower has no such control. Correct or remove it.`, 2);
}

/**
 * What findings of a Control Tower control print: the current controls it is mapped to, then those of NIST that its metadata name and
 * the register has. Ids of superseded versions stay only where nothing current is mapped.
 */
export function controlTowerControls(id: string, frameworks: FrameworkMappings, { mapping, register }: { mapping: ControlTowerMapping; register: Register }): string[] {
  const idsOf = (written: string): readonly string[] => frameworks.filter(({ ComplianceFramework }) => ComplianceFramework === written).flatMap(({ Ids }) => Ids);
  const older = Object.entries(superseded).flatMap(([written, short]) => idsOf(written).map((control) => `${short} ${control}`));
  const ofNist = idsOf(nist.written).map((control) => `${nist.short} ${control}`).filter((control) => register.controls.has(control));
  return [...(mapping.get(id) ?? older), ...ofNist];
}
