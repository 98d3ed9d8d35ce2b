import type { HealthPaths } from '../../modules/compute/health-paths';
import type { ServerlessDatabaseSettings } from '../../modules/data/serverless-database';
import type { NatSettings } from '../../modules/network/nat';

/** Sizes and counts of one of the two services. */
export interface ServiceSettings {
  /** Fargate CPU units: 1,024 are one vCPU. */
  readonly cpu: 256 | 512 | 1024 | 2048;
  /** MiB. */
  readonly memory: number;
  readonly port: number;
  readonly minimumTasks: number;
  readonly maximumTasks: number;
  /** Tasks that run on demand before any runs on Fargate Spot; `all` runs none on Spot. */
  readonly onDemandTasks: number | 'all';
}

/** How clients with API keys may call `api.<domain>`. */
export interface ApiSettings {
  /** Requests a second of one key, over time. */
  readonly requestsPerSecond: number;
  /** Requests of one key at once. */
  readonly burst: number;
  /** Requests of one key in a month. */
  readonly requestsPerMonth: number;
}

/** Everything that differs, or may come to differ, between the portal's environments. */
export interface CustomerPortalSettings {
  /** A /16 for each region of the pair; they must not overlap, so that the VPCs can be peered. */
  readonly vpcCidrs: Readonly<Record<string, string>>;
  readonly availabilityZones: 3;
  /** How private subnets reach the internet. */
  readonly nat: NatSettings;
  /** `zone`: interface endpoints in each zone; `single`: in the first, with which the VPC loses the services behind them. */
  readonly interfaceEndpoints: 'zone' | 'single';
  readonly services: { readonly frontend: ServiceSettings; readonly backend: ServiceSettings };
  readonly healthPaths: HealthPaths;
  readonly api: ApiSettings;
  readonly database: ServerlessDatabaseSettings;
  /** Days that logs stay in CloudWatch Logs. */
  readonly logRetentionDays: 7 | 14;
  /** Days that the copies of the logs stay in S3, for the auditors: more than `logRetentionDays`. */
  readonly logArchiveDays: number;
  /** Minutes after which a step of the region-switch plan gives up. All steps run at the same time. */
  readonly switchStepTimeoutMinutes: number;
  /** US dollars that the cost centre may spend in a month before its budget tells. */
  readonly monthlyBudgetUsd: number;
}

/** Settings that one requirement changes. */
export type Change = Partial<Omit<CustomerPortalSettings, 'database' | 'services'>> & {
  readonly database?: Partial<ServerlessDatabaseSettings>;
  readonly services?: { readonly [Name in keyof CustomerPortalSettings['services']]?: Partial<ServiceSettings> };
};

/** What an environment has otherwise than `production`, by the requirement or decision that forces it. */
export type Differences = Readonly<Record<`CUS-${number}` | `ADR-${number}`, Change>>;

/** Settings with the changes made. No two of them may touch the same setting: their order says nothing. */
export function changed(settings: CustomerPortalSettings, differences: Differences): CustomerPortalSettings {
  return Object.values(differences).reduce<CustomerPortalSettings>(
    (all, { database, services, ...others }) => ({
      ...all,
      ...others,
      database: { ...all.database, ...database },
      services: { frontend: { ...all.services.frontend, ...services?.frontend }, backend: { ...all.services.backend, ...services?.backend } },
    }),
    settings,
  );
}
