import type { HealthPaths } from '../../modules/compute/health-paths';
import type { ServerlessDatabaseSettings } from '../../modules/data/serverless-database';
import type { CountryCode } from '../../modules/edge/country-code';

/** Sizes and counts of one of the two services. */
export interface ServiceSettings {
  /** Fargate CPU units: 1,024 are one vCPU. */
  readonly cpu: 256 | 512 | 1024 | 2048;
  /** MiB. */
  readonly memory: number;
  readonly port: number;
  /** Tasks at every hour, one in each zone: at least 3. They are on demand. */
  readonly minimumTasks: number;
  /** Tasks from shortly before the market opens until shortly after it closes. */
  readonly tradingTasks: number;
  readonly maximumTasks: number;
  /** Requests a minute that one task serves well, as load tests measure it. */
  readonly requestsPerTask: number;
  /** Active trading sessions that one task carries well, measured likewise. */
  readonly sessionsPerTask: number;
}

/** How the tasks above the minimum are shared between Fargate on demand and Fargate Spot; both weights are 1 or more. */
export interface SpotSettings {
  readonly onDemandWeight: number;
  readonly spotWeight: number;
}

/** When the market trades, and when capacity follows it. */
export interface TradingHours {
  /** Application Auto Scaling cron expression at which the tasks for trading start: half an hour before the market opens. */
  readonly preOpen: string;
  /** The same for when they are no longer needed: after the closing auction. */
  readonly postClose: string;
  /** IANA time zone of both, so that they follow the exchange. */
  readonly timeZone: string;
}

/** How the other region takes over. */
export interface RegionSwitchSettings {
  /** Minutes after which a step of the plan gives up. All steps run at the same time, and this much of the recovery time is theirs: see recovery.ts. */
  readonly stepTimeoutMinutes: number;
  /** Starts the plan on alarms, without a person. It accepts that committed writes may be lost. */
  readonly automatic: boolean;
}

/** Everything that differs, or may come to differ, between the portal's environments. */
export interface FinancialPortalSettings {
  /** A /16 for each region of the pair; they must not overlap, so that the VPCs can be peered. */
  readonly vpcCidrs: Readonly<Record<string, string>>;
  readonly availabilityZones: 3;
  /** `zone`: a NAT gateway in each zone; `single`: one for the VPC, which loses egress with its zone. */
  readonly natGateways: 'zone' | 'single';
  /** `zone`: interface endpoints in each zone; `single`: in the first, with which the VPC loses the services behind them. */
  readonly interfaceEndpoints: 'zone' | 'single';
  readonly services: { readonly web: ServiceSettings; readonly api: ServiceSettings };
  readonly spot: SpotSettings;
  readonly healthPaths: HealthPaths;
  readonly tradingHours: TradingHours;
  readonly database: ServerlessDatabaseSettings;
  /** Countries whose visitors CloudFront refuses. Compliance owns the list and reviews it: docs/systems/financial-portal.md. */
  readonly blockedCountries: readonly CountryCode[];
  /** Days that container and database logs stay in CloudWatch Logs. */
  readonly logRetentionDays: 14 | 400;
  readonly regionSwitch: RegionSwitchSettings;
  /** US dollars that the cost centre may spend in a month before its budget tells. */
  readonly monthlyBudgetUsd: number;
}

/** Settings that one requirement changes. */
export type Change = Partial<Omit<FinancialPortalSettings, 'database'>> & { readonly database?: Partial<ServerlessDatabaseSettings> };

/** What an environment has otherwise than `production`, by the requirement or decision that forces it. */
export type Differences = Readonly<Record<`FIN-${number}` | `ADR-${number}`, Change>>;

/** Settings with the changes made. No two of them may touch the same setting: their order says nothing. */
export function changed(settings: FinancialPortalSettings, differences: Differences): FinancialPortalSettings {
  return Object.values(differences).reduce<FinancialPortalSettings>(
    (all, { database, ...others }) => ({ ...all, ...others, database: { ...all.database, ...database } }),
    settings,
  );
}
