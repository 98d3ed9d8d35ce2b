import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { FunctionNetwork } from '../../modules/compute/function';
import type { AuroraClusterHandle } from '../../modules/data/aurora-cluster';
import { auroraPostgres } from '../../modules/data/aurora-postgres';
import { databaseName } from './database-names';
import { databaseSecretName } from './secret-names';
import type { CustomerPortalSettings } from './settings';

/** What the database is placed in and encrypted with. */
export interface DatabaseWiring {
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** From where the password is rotated. */
  readonly rotationNetwork: FunctionNetwork;
  readonly databaseKeyArn: IntrinsicFunction;
  /** Key of the logs and of the secret. */
  readonly defaultKeyArn: IntrinsicFunction;
  readonly databaseSecretArn: IntrinsicFunction;
}

/** From early morning in New York to midnight in Los Angeles, summer and winter: when customers look at their accounts. In UTC. */
const wakingHours = '10:00-08:00';

/** The two hours in which few are awake are for backups; patches come on Sunday, an hour earlier in the region that only reads. */
const windows = {
  primary: { backup: '08:00-08:30', maintenance: 'sun:09:30-sun:10:00' },
  secondary: { backup: '08:00-08:30', maintenance: 'sun:08:30-sun:09:00' },
} as const;

/** Aurora PostgreSQL of one region: in the primary with the global database that both belong to, and the rotation of the password. */
export function database(t: TemplateBuilder<Parameters, CustomerPortalSettings>, { databaseSecretArn, ...wiring }: DatabaseWiring): AuroraClusterHandle {
  const { settings } = t;
  return auroraPostgres(t, {
    ...wiring,
    size: settings.database,
    databaseName,
    administrator: { secretName: databaseSecretName(t), secretArn: databaseSecretArn },
    windows,
    busy: wakingHours,
    readyReaders: 'all',
    logRetentionInDays: settings.logRetentionDays,
  });
}
