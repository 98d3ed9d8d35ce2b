import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './checkout';

/** The Python packages that Meridian calls or imports itself; others come with them. */
export const pinnedPackages = ['cfn-lint', 'aws-sam-translator', 'ministack', 'kubernetes-validate'] as const;

export type PinnedPackage = (typeof pinnedPackages)[number];

/**
 * The exact version of a Python package that this checkout is made for, from scripts/python/requirements.in: the one
 * place where it is written.
 *
 * @throws Error when the file does not pin the package, which is a defect of the checkout
 */
export function pinnedVersion(name: PinnedPackage): string {
  const file = join(checkout, 'scripts', 'python', 'requirements.in');
  const pin = new RegExp(`^${name}(?:\\[[^\\]]*\\])?==(\\S+)$`, 'm').exec(readFileSync(file, 'utf8'));
  if (pin?.[1] === undefined) throw new Error(`${file} does not pin ${name}`);
  return pin[1];
}
