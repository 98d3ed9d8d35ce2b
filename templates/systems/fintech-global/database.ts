import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { FunctionNetwork } from '../../modules/compute/function';
import type { AuroraClusterHandle } from '../../modules/data/aurora-cluster';
import { auroraPostgres } from '../../modules/data/aurora-postgres';
import { databaseName } from './database-names';
import type { FintechGlobalSettings } from './environments';
import { databaseSecretName } from './secret-names';

/** What the database is placed in and encrypted with. */
export interface DatabaseWiring {
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** From where the password is rotated. */
  readonly rotationNetwork: FunctionNetwork;
  /** Key of storage, logs and secret. */
  readonly keyArn: IntrinsicFunction;
  readonly databaseSecretArn: IntrinsicFunction;
}

/** From early morning in New York to midnight in Los Angeles, summer and winter: when the primary region's customers pay. In UTC. */
const payingHours = '10:00-08:00';

/** The two hours in which few pay are for backups; patches come on Sunday, an hour earlier in the region that only reads. */
const windows = {
  primary: { backup: '08:00-08:30', maintenance: 'sun:09:30-sun:10:00' },
  secondary: { backup: '08:00-08:30', maintenance: 'sun:08:30-sun:09:00' },
} as const;

/**
 * Aurora PostgreSQL of one region: in the primary a writer, readers that follow their load, the global database that both regions belong
 * to, and the rotation of the password; in the secondary one instance, which takes over alone until readers are added.
 */
export function database(t: TemplateBuilder<Parameters, FintechGlobalSettings>, { keyArn, databaseSecretArn, ...wiring }: DatabaseWiring): AuroraClusterHandle {
  const { settings } = t;
  return auroraPostgres(t, {
    ...wiring,
    size: settings.database,
    databaseName,
    databaseKeyArn: keyArn,
    defaultKeyArn: keyArn,
    administrator: { secretName: databaseSecretName(t), secretArn: databaseSecretArn },
    windows,
    busy: payingHours,
    kept: settings.protected,
    logRetentionInDays: settings.logRetentionDays,
  });
}
