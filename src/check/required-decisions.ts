import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MeridianError } from '../errors';
import { decisionNumber, type Waiver } from './waiver';

/**
 * Fails for a waiver that names a decision which `docs/decisions` doesn't hold.
 * @param project the folder of `docs`
 * @throws MeridianError with exit code 2 naming the waiver and the page that is missing
 */
export function requireDecisions(project: string, waivers: readonly Waiver[]): void {
  const folder = join(project, 'docs', 'decisions');
  const pages = existsSync(folder) ? readdirSync(folder) : [];
  for (const waiver of waivers) {
    const number = decisionNumber(waiver);
    if (number !== undefined && !pages.some((page) => page.startsWith(`${number}-`) && page.endsWith('.md'))) {
      throw new MeridianError(`Waiver of ${waiver.rule} on ${waiver.resource}: it names ${waiver.because}, and docs/decisions has no page ${number}-*.md. Write the decision, or name another.`, 2);
    }
  }
}
