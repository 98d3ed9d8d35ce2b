import type { Condition, Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { cardDataProtection } from '../monitoring/card-data-protection';
import { logGroup } from '../monitoring/log-group';

/** The logs of a MySQL instance that RDS can export. */
const mysqlLogs = { Error: 'error', General: 'general', SlowQuery: 'slowquery' } as const;

/** The log groups that one MySQL instance exports to. */
export interface DatabaseLogsSettings {
  /** Identifier of the instance. */
  readonly instance: Name;
  /** Days that events stay. */
  readonly retentionInDays: number;
  readonly keyArn: IntrinsicFunction;
  readonly when?: Condition;
}

/**
 * The log groups of one instance, made before it: RDS would make them itself, without key and without end. The general log's is
 * there even when it is not exported, so that whoever turns it on in an emergency finds a group that forgets. Statements can
 * hold card numbers, so those are masked.
 * @returns what the instance must stand after
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQLDB.PublishtoCloudWatchLogs.html
 */
export function databaseLogs(t: TemplateBuilder<Parameters, unknown>, id: string, settings: DatabaseLogsSettings): readonly Handle[] {
  const { instance, retentionInDays, keyArn, when } = settings;
  return Object.entries(mysqlLogs).map(([log, path]) =>
    logGroup(t, `${id}${log}Log`, { name: instance.after('/aws/rds/instance/').with(`/${path}`), retentionInDays, keyArn, dataProtectionPolicy: cardDataProtection, when }),
  );
}
