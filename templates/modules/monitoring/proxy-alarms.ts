import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { alarm, mathAlarm } from './alarm';
import { ofProxy } from './proxy-graphs';

/** A region's RDS Proxy, and when its alarms go off. */
export interface ProxyAlarmsSettings {
  readonly topic: Token<'String'>;
  readonly proxy: Value<string>;
  /** Milliseconds that clients may wait for a connection on average. @default 500: an idle pool gives one in less than ten */
  readonly longestWait?: number;
}

/** Alarms on a proxy whose connections are used up, whose clients wait, or which refuses them. */
export function proxyAlarms(t: TemplateBuilder<Parameters, unknown>, { topic, proxy, longestWait = 500 }: ProxyAlarmsSettings): void {
  const above = { comparison: 'GreaterThanThreshold', topic } as const;
  mathAlarm(t, 'ProxyConnections', {
    name: 'proxy-connections',
    description: 'The proxy has used more than 90 % of its connections to the database for five minutes: soon clients wait. Look which service holds transactions open or pins sessions; for more connections raise maximumCapacity in environments.ts',
    metrics: { used: { metric: ofProxy('DatabaseConnections', proxy), statistic: 'Sum' }, allowed: { metric: ofProxy('MaxDatabaseConnectionsAllowed', proxy), statistic: 'Sum' } },
    expression: '100 * used / allowed',
    threshold: 90,
    periods: 5,
    ...above,
  });
  alarm(t, 'ProxyWait', {
    name: 'proxy-wait',
    description: `Clients have waited longer than ${longestWait} ms for a connection of the proxy for five minutes. The database is failing over or waking up, or all connections are in use: look at its capacity and for long transactions`,
    metric: ofProxy('DatabaseConnectionsBorrowLatency', proxy),
    statistic: 'Average',
    // The metric is in microseconds.
    threshold: longestWait * 1000,
    periods: 5,
    ...above,
  });
  alarm(t, 'ProxyRefusals', {
    name: 'proxy-refusals',
    description: 'The proxy has refused clients three minutes in a row: a task without TLS, without the right to its database user, or with a user that the database does not have; or somebody guesses. The proxy’s log says who it is',
    metric: ofProxy('ClientConnectionsSetupFailedAuth', proxy),
    statistic: 'Sum',
    threshold: 10,
    ...above,
  });
}
