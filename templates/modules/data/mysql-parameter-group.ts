import type { Handle, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { DBParameterGroup } from '../../../src/cfn/generated/rds';

export type ParameterGroupHandle = Handle<'AWS::RDS::DBParameterGroup', 'DBParameterGroupName'>;

/** How MySQL itself is set. */
export interface MysqlParameterGroupSettings {
  /** Should hold the family: a major upgrade replaces the group, which can't keep its name meanwhile. */
  readonly name: Name;
  /** For example `mysql8.4`. */
  readonly family: string;
  /** Seconds from which a statement is slow. @default 2 */
  readonly slowQuerySeconds?: number;
  /** Writes every statement to the general log: a great cost in speed and space. */
  readonly generalLog: boolean;
}

/**
 * MySQL that refuses connections without TLS 1.2 or 1.3 and logs slow statements to files, from where RDS exports them.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Parameters.html
 */
export function mysqlParameterGroup(t: TemplateBuilder<Parameters, unknown>, id: string, settings: MysqlParameterGroupSettings): ParameterGroupHandle {
  const { name, family, slowQuerySeconds = 2, generalLog } = settings;
  return t.add(
    id,
    new DBParameterGroup({
      DBParameterGroupName: name,
      Description: `${family} with TLS only and slow statements logged`,
      Family: family,
      Parameters: {
        general_log: generalLog ? '1' : '0',
        log_output: 'FILE',
        long_query_time: String(slowQuerySeconds),
        require_secure_transport: '1',
        slow_query_log: '1',
        tls_version: 'TLSv1.2,TLSv1.3',
      },
    }),
  );
}
