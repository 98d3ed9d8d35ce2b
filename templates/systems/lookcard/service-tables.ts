import type { Handle, IntrinsicFunction } from '../../../src/cfn';
import { globalTable, type KeyAttribute, type TableReplica } from '../../modules/data/global-table';
import { tableAlarms, type TableOperation } from '../../modules/monitoring/table-alarms';
import { pascal } from './parameters';
import { tableName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import type { TableRow } from './service-row';

const text = (name: string): KeyAttribute => ({ name, type: 'S' });

/** What a service's rights let it do with its tables. */
const operations: readonly TableOperation[] = ['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];

/**
 * The tables of a service, declared in the primary region; the pilot light has a replica of each, which the service finds there under the
 * same name. They bill by request, go back to any second of the last 35 days, and where the environment is protected they refuse to go.
 */
export function serviceTables(t: ServiceBuilder, tables: readonly TableRow[]): readonly Handle[] {
  const { pilotLight, protected: isProtected } = t.settings;
  const { regions } = t.context;
  const replica = (region: string, keyArn: IntrinsicFunction): TableReplica => ({ region, keyArn });
  const replicas: readonly [TableReplica, ...TableReplica[]] = [replica(regions.primary, t.param('DataKeyArn')), ...(pilotLight ? [replica(regions.secondary, t.param('SecondaryDataKeyArn'))] : [])];
  return tables.map((table) => {
    const id = pascal(table.name);
    tableAlarms(t, `${id}Table`, { topic: t.param('AlarmTopicArn'), name: table.name, table: tableName(t, table), indexes: [], operations, replicated: pilotLight });
    return globalTable(t, `${id}Table`, {
      name: tableName(t, table),
      partitionKey: text(table.partitionKey),
      ...(table.sortKey === undefined ? {} : { sortKey: text(table.sortKey) }),
      indexes: [],
      ...(table.endsAt === undefined ? {} : { endsAt: table.endsAt }),
      replicas,
      deletionProtection: isProtected,
      retained: isProtected,
      when: t.isPrimary,
    });
  });
}
