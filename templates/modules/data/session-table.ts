import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import { globalTable, type GlobalTableHandle, type GlobalTableSettings } from './global-table';

export type { KeyAttribute, TableCapacity, TableIndex, TableReplica } from './global-table';

/** A table of what ends by itself, such as sessions. */
export interface SessionTableSettings extends Omit<GlobalTableSettings, 'endsAt' | 'sortKey'> {
  /** Attribute with the second since 1970 from which the item is deleted; indexes hold it too. */
  readonly endsAt: string;
}

/**
 * A table of what is found by one key and ends by itself.
 * @throws MeridianError for a capacity that DynamoDB's auto scaling does not take
 */
export function sessionTable(t: TemplateBuilder<Parameters, unknown>, id: string, settings: SessionTableSettings): GlobalTableHandle {
  return globalTable(t, id, settings);
}
