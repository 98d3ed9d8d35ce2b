import { createHash } from 'node:crypto';

/**
 * Ten hexadecimal digits that tell whether a value, intrinsics and all, is written to the template as before. For a logical id that has to
 * change with what the resource stands for.
 */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 10);
}
