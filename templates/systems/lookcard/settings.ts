import type { ApiThrottle } from '../../modules/compute/api-stage';
import type { ServerlessDatabaseSettings } from '../../modules/data/serverless-database';

/** Tasks of a service, at least and at most. */
export interface TaskCounts {
  readonly minimum: number;
  readonly maximum: number;
}

/** How many tasks a service has in an environment of each kind: production's, one like it at less, one for trying things out. */
export type CountsByEnvironmentKind = Readonly<Record<'full' | 'reduced' | 'light', TaskCounts>>;

/** When development sleeps: at night and on weekends nobody works there. */
export interface NightSettings {
  /** Application Auto Scaling cron expressions at which services go to no task and come back. */
  readonly stop: string;
  readonly start: string;
  /** IANA time zone of both. */
  readonly timeZone: string;
}

/** The cache. */
export interface CacheSettings {
  readonly engineVersion: string;
  readonly family: string;
  readonly nodeType: string;
  /** Copies beside the node that writes, each in another zone; none is a single node without failover. */
  readonly replicas: 0 | 1 | 2;
  readonly snapshotRetentionDays: number;
}

/** What one API key may ask for. */
export interface ApiQuotaSettings extends ApiThrottle {
  readonly requestsPerMonth: number;
}

/** Everything that differs, or may come to differ, between LookCard's environments. */
export interface LookcardSettings {
  /** A /16 for each region; no two of any region or environment overlap, so that each can be peered with each. */
  readonly vpcCidrs: Readonly<Record<string, string>>;
  /** Whether the secondary region has a pilot light. */
  readonly pilotLight: boolean;
  /** `zone`: a NAT gateway in each zone; `single`: one for the VPC, which loses egress with its zone. */
  readonly natGateways: 'zone' | 'single';
  /** `zone`: interface endpoints in each zone; `single`: in the first. */
  readonly interfaceEndpoints: 'zone' | 'single';
  /** Which of a row's task counts holds. */
  readonly capacity: keyof CountsByEnvironmentKind;
  /** Runs every task on Fargate Spot. */
  readonly spot: boolean;
  readonly containerInsights: 'enhanced' | 'disabled';
  /** The Aurora cluster; a minimum capacity of 0 lets it pause when nobody is connected. */
  readonly database: ServerlessDatabaseSettings;
  readonly cache: CacheSettings;
  readonly apiQuota: ApiQuotaSettings;
  /** What all keys together may ask of the API: more than one key, so that none of them shuts the others out. */
  readonly apiThrottle: ApiThrottle;
  /** @default no: services run day and night */
  readonly night?: NightSettings;
  /** Who answers for the domain: Route 53 with CloudFront before the load balancer, or Cloudflare for both. */
  readonly dnsProvider: 'route53' | 'cloudflare';
  /** Where web-app runs. App Runner takes no new customers since 30 April 2026: only for those who are. */
  readonly webAppHosting: 'fargate' | 'apprunner';
  /** Whether the domain itself, without an environment before it, is this environment's. */
  readonly apex: boolean;
  /** Refuses deletion of what holds data, keeps it when stacks go, and takes last snapshots. */
  readonly protected: boolean;
  /** Copies of backups in the secondary region, and restore tests. */
  readonly backups: boolean;
  readonly logRetentionDays: 14 | 400;
  /** US dollars that the cost centre may spend in a month before its budget tells. */
  readonly monthlyBudgetUsd: number;
}

type Parts = 'database' | 'cache';

/** Settings that one requirement changes. */
export type Change = Partial<Omit<LookcardSettings, Parts>> & { readonly [P in Parts]?: Partial<LookcardSettings[P]> };

/** What an environment has otherwise than `production`, by the requirement or decision that forces it. */
export type Differences = Readonly<Record<`LKC-${number}` | `ADR-${number}`, Change>>;

/** Settings with the changes made. No two of them may touch the same setting: their order says nothing. */
export function changed(settings: LookcardSettings, differences: Differences): LookcardSettings {
  return Object.values(differences).reduce<LookcardSettings>(
    (all, { database, cache, ...others }) => ({ ...all, ...others, database: { ...all.database, ...database }, cache: { ...all.cache, ...cache } }),
    settings,
  );
}
