import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { MeridianError } from '../../errors';
import { planDocument, type RolloutPlan } from './document';

/**
 * Writes a plan, whole or not at all.
 * @throws MeridianError (exit 2) when the file can't be written
 */
export function writePlan(file: string, plan: RolloutPlan): void {
  try {
    writeFileAtomic(file, `${JSON.stringify(plan, undefined, 2)}\n`);
  } catch (cause) {
    throw new MeridianError(`Plan ${file} not written: ${(cause as Error).message}. Give a file in a folder that exists.`, 2, { cause });
  }
}

/**
 * Reads a plan that `writePlan` wrote.
 * @throws MeridianError (exit 2) when it can't be read, or is not a plan of this version
 */
export function readPlan(file: string): RolloutPlan {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new MeridianError(`Plan ${file} not read: ${(cause as Error).message}. Give a file that "meridian plan --out" wrote.`, 2, { cause });
  }
  const parsed = planDocument.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new MeridianError(`Plan ${file} of another form: ${z.prettifyError(parsed.error)}. Make it again with "meridian plan --out ${file}".`, 2, { cause: parsed.error });
}
