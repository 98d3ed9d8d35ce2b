import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import { mysqlPassword } from './mysql-password';
import { postgresPassword } from './postgres-password';
import { secretRotation, type RotatedSecret } from './secret-rotation';

/** Our functions that rotate, and what the passwords are made of, by engine. */
const engines = {
  mysql: { title: 'MySQL', source: 'rotate-mysql-password', password: mysqlPassword },
  postgres: { title: 'PostgreSQL', source: 'rotate-postgres-password', password: postgresPassword },
} as const;

/**
 * A database password that changes by itself. It was made as `mysqlPassword` or `postgresPassword` says; after it comes the attachment
 * that tells the secret its host.
 */
export interface PasswordRotationSettings extends RotatedSecret {
  readonly engine: keyof typeof engines;
}

/**
 * Rotates the password of a database user, as `secretRotation` says: the user signs in and changes its own password.
 *
 * The function reaches the host in the secret, from its own region. While another region of a global database writes, that host does not:
 * rotations fail and change nothing, and the password stays good everywhere. They go on after the failback. For a region that is
 * to stay the writer, the runbook makes the secret's replica there a secret of its own, attaches and rotates it there.
 */
export function passwordRotation(t: TemplateBuilder<Parameters, unknown>, id: string, { engine, ...secret }: PasswordRotationSettings): void {
  const { title, source, password } = engines[engine];
  secretRotation(t, id, { ...secret, source, name: 'rotate-password', description: `Gives the user of a ${title} secret a new password, step by step as Secrets Manager asks`, made: password });
}
