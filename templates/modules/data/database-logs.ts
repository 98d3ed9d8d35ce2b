import type { Condition, Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { cardDataProtection } from '../monitoring/card-data-protection';
import { logGroup } from '../monitoring/log-group';

/** The logs that RDS can export, by engine, and whether an instance or its cluster exports them. */
const engines = {
  mysql: { place: 'instance', logs: { Error: 'error', General: 'general', SlowQuery: 'slowquery' } },
  'aurora-postgresql': { place: 'cluster', logs: { Postgresql: 'postgresql', Instance: 'instance', IamDbAuthError: 'iam-db-auth-error' } },
} as const;

/** Engines whose logs have groups. */
export type LoggedEngine = keyof typeof engines;

/**
 * All logs that an engine exports, as `EnableCloudwatchLogsExports` names them.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
export const exportedLogs = (engine: LoggedEngine): string[] => Object.values(engines[engine].logs);

/** The log groups that one MySQL instance or Aurora cluster exports to. */
export interface DatabaseLogsSettings {
  readonly engine: LoggedEngine;
  /** Identifier of the instance or cluster. */
  readonly identifier: Name;
  /** Days that events stay. */
  readonly retentionInDays: number;
  readonly keyArn: IntrinsicFunction;
  readonly when?: Condition;
}

/**
 * The log groups of one database, made before it: RDS would make them itself, without key and without end. MySQL's general log
 * has one even when it is not exported, so that whoever turns it on in an emergency finds a group that forgets. Statements can
 * hold card numbers, so those are masked.
 * @returns what the instance or cluster must stand after
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQLDB.PublishtoCloudWatchLogs.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.CloudWatch.html
 */
export function databaseLogs(t: TemplateBuilder<Parameters, unknown>, id: string, settings: DatabaseLogsSettings): readonly Handle[] {
  const { engine, identifier, retentionInDays, keyArn, when } = settings;
  const { place, logs } = engines[engine];
  return Object.entries(logs).map(([log, path]) =>
    logGroup(t, `${id}${log}Log`, { name: identifier.after(`/aws/rds/${place}/`).with(`/${path}`), retentionInDays, keyArn, dataProtectionPolicy: cardDataProtection, when }),
  );
}
