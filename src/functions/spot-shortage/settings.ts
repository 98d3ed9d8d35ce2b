import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';

/** A service's capacity providers with their bases and weights. */
export type Strategy = readonly CapacityProviderStrategyItem[];

/** What the function is told by its environment variables. */
export interface Settings {
  /** `CLUSTER`: the cluster's name. */
  readonly cluster: string;
  /** `STRATEGIES`: the strategy of each service as its template has it, by the service's name, as JSON. */
  readonly strategies: Readonly<Record<string, Strategy>>;
  /** `QUIET_HOURS`: hours without a shortage after which a service returns to its template's strategy. */
  readonly quietHours: number;
}

/** @throws Error naming the variable that is missing */
export function settingsIn(environment: Readonly<Record<string, string | undefined>>): Settings {
  const of = (name: string): string => {
    const text = environment[name];
    if (!text) throw new Error(`Environment variable ${name}: it is missing. Set it to what settings.ts says.`);
    return text;
  };
  return { cluster: of('CLUSTER'), strategies: JSON.parse(of('STRATEGIES')) as Settings['strategies'], quietHours: Number(of('QUIET_HOURS')) };
}
