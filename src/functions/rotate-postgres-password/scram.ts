import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** As PostgreSQL makes them by itself. */
const ITERATIONS = 4096;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/**
 * What PostgreSQL keeps of a password instead of it, as `ALTER ROLE … PASSWORD` takes it too: so the password is in no statement,
 * and in nothing that logs statements.
 *
 * @param password printable ASCII, which needs no normalising
 * @param salt @default random
 * @throws when the password holds anything else
 * @see https://www.rfc-editor.org/rfc/rfc5802#section-3
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html
 */
export function scramVerifier(password: string, salt = randomBytes(SALT_BYTES)): string {
  if (!/^[ -~]+$/.test(password)) throw new Error('New password: it is empty or not printable ASCII. Make another one.');
  const salted = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, 'sha256');
  const key = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest();
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored.toString('base64')}:${key('Server Key').toString('base64')}`;
}
