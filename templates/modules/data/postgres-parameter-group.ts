import type { Handle, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { DBClusterParameterGroup } from '../../../src/cfn/generated/rds';

export type ClusterParameterGroupHandle = Handle<'AWS::RDS::DBClusterParameterGroup', never>;

/** How PostgreSQL itself is set, in all instances of a cluster. */
export interface PostgresParameterGroupSettings {
  /** Should hold the family: a major upgrade replaces the group, which can't keep its name meanwhile. */
  readonly name: Name;
  /** For example `aurora-postgresql17`. */
  readonly family: string;
  /** Milliseconds from which a statement is slow and logged. @default 1000 */
  readonly slowStatementMilliseconds?: number;
}

/**
 * PostgreSQL that refuses connections without TLS 1.2 or 1.3 and passwords kept as MD5, and logs who connects, what changes the
 * schema or a role, long waits for locks, and slow statements. Other statements are not logged: they carry customers' data.
 *
 * pgAudit is loaded, so that the runbook of the first schema can name the tables whose reads and writes are audited, by granting
 * them to `rds_pgaudit`; it shows no password in the clear. `log_statement` does, so that whoever changes one must hash it first.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.Concepts.PostgreSQL.Query_Logging.html
 */
export function postgresParameterGroup(t: TemplateBuilder<Parameters, unknown>, id: string, settings: PostgresParameterGroupSettings): ClusterParameterGroupHandle {
  const { name, family, slowStatementMilliseconds = 1000 } = settings;
  return t.add(
    id,
    new DBClusterParameterGroup({
      DBClusterParameterGroupName: name,
      Description: `${family} with TLS only, audited`,
      Family: family,
      Parameters: {
        log_connections: '1',
        log_disconnections: '1',
        log_lock_waits: '1',
        log_min_duration_statement: String(slowStatementMilliseconds),
        log_statement: 'ddl',
        password_encryption: 'scram-sha-256',
        'pgaudit.log': 'ddl,role',
        'pgaudit.role': 'rds_pgaudit',
        'rds.accepted_password_auth_method': 'scram',
        'rds.force_ssl': '1',
        shared_preload_libraries: 'pg_stat_statements,pgaudit',
        ssl_min_protocol_version: 'TLSv1.2',
      },
    }),
  );
}
