import type { IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { sessionTable, type KeyAttribute, type TableReplica } from '../../modules/data/session-table';

type Builder = TemplateBuilder<Parameters, unknown>;

/** Table of the sessions: who is signed in, from which device, until when. Every request reads it. */
export const sessionsTable = (t: Builder): Name => t.resourceName('sessions');

/**
 * Table of the tokens with which a session is renewed, each good for once. Apart from the sessions, because they live weeks instead of
 * hours, are written far less than sessions are read, and must not come back when sessions are restored: a spent token would be good
 * again.
 */
export const sessionTokensTable = (t: Builder): Name => t.resourceName('session-tokens');

const text = (name: string): KeyAttribute => ({ name, type: 'S' });
const createdAt: KeyAttribute = { name: 'createdAt', type: 'N' };
/** Seconds since 1970, as DynamoDB wants it. */
const endsAt = 'expiresAt';

/**
 * Both tables, declared in the primary region with a replica in each, so that customers stay signed in when the other region takes over.
 * The primary is updated last: code that needs a new index is released after the update that adds it.
 *
 * `sessionId` and `tokenId` are hashes of what the browser holds: keys appear in logs and metrics, and must not open anything.
 * @param keyArns of the database key of the primary and of the secondary region
 */
export function sessionTables(t: Builder, keyArns: { readonly primary: IntrinsicFunction; readonly secondary: IntrinsicFunction }): void {
  const { isPrimary: when, context: { regions } } = t;
  const replicas: readonly [TableReplica, TableReplica] = [
    { region: regions.primary, keyArn: keyArns.primary },
    { region: regions.secondary, keyArn: keyArns.secondary },
  ];
  sessionTable(t, 'Sessions', {
    name: sessionsTable(t),
    partitionKey: text('sessionId'),
    // All sessions of a user, newest first: to show them, and to end them all.
    indexes: [{ name: 'byUser', partitionKey: text('userId'), sortKey: createdAt }],
    endsAt,
    replicas,
    when,
  });
  sessionTable(t, 'SessionTokens', {
    name: sessionTokensTable(t),
    partitionKey: text('tokenId'),
    // All tokens of a session: they end with it.
    indexes: [{ name: 'bySession', partitionKey: text('sessionId'), sortKey: createdAt }],
    endsAt,
    replicas,
    when,
  });
}
