import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { FunctionNetwork } from '../../modules/compute/function';
import type { AuroraClusterHandle } from '../../modules/data/aurora-cluster';
import { auroraPostgres } from '../../modules/data/aurora-postgres';
import { databaseName } from './database-names';
import type { FinancialPortalSettings } from './environments';
import { databaseSecretName } from './secret-names';

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

/** From half an hour before the Singapore Exchange opens, at 09:00, to the end of its closing auction at 17:16: in UTC. */
const tradingHours = '00:30-09:16';

/**
 * Backups when Singapore has closed and the Americas still sleep, 18:00 in the one and 05:00 or 06:00 in New York; patches on the
 * weekend, six hours earlier in the region that only reads.
 */
const windows = {
  primary: { backup: '10:00-11:00', maintenance: 'sat:18:00-sat:19:00' },
  secondary: { backup: '10:00-11:00', maintenance: 'sat:12:00-sat:13:00' },
} as const;

/** Aurora PostgreSQL of one region: in the primary with the global database that both belong to, and the rotation of the password. */
export function database(t: TemplateBuilder<Parameters, FinancialPortalSettings>, { databaseSecretArn, ...wiring }: DatabaseWiring): AuroraClusterHandle {
  const { settings } = t;
  return auroraPostgres(t, {
    ...wiring,
    size: settings.database,
    databaseName,
    administrator: { secretName: databaseSecretName(t), secretArn: databaseSecretArn },
    windows,
    busy: tradingHours,
    logRetentionInDays: settings.logRetentionDays,
  });
}
