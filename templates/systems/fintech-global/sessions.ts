import type { IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { sessionTable } from '../../modules/data/session-table';
import type { FintechGlobalSettings } from './settings';

/** Table of the sessions: who is signed in, from which device, until when. Every request of the `api` reads it. */
export const sessionsTable = (t: TemplateBuilder<Parameters, unknown>): Name => t.resourceName('sessions');

/**
 * The table, declared in the primary region with a replica in each, so that users stay signed in when the other region takes over. The
 * replicas read as much as their own users make them; what is written is written in both.
 *
 * `sessionId` is a hash of what the client holds: keys appear in logs and metrics, and must not open anything.
 * @param keyArns of the data key of the primary and of the secondary region
 */
export function sessions(t: TemplateBuilder<Parameters, FintechGlobalSettings>, keyArns: { readonly primary: IntrinsicFunction; readonly secondary: IntrinsicFunction }): void {
  const { isPrimary: when, settings, context: { regions } } = t;
  sessionTable(t, 'Sessions', {
    name: sessionsTable(t),
    partitionKey: { name: 'sessionId', type: 'S' },
    // All sessions of a user, newest first: to show them, and to end them all.
    indexes: [{ name: 'byUser', partitionKey: { name: 'userId', type: 'S' }, sortKey: { name: 'createdAt', type: 'N' } }],
    endsAt: 'expiresAt',
    replicas: [
      { region: regions.primary, keyArn: keyArns.primary },
      { region: regions.secondary, keyArn: keyArns.secondary },
    ],
    capacity: settings.sessions,
    deletionProtection: settings.protected,
    retained: settings.protected,
    when,
  });
}
