import { templatesOf, type Environment } from '../../../src/cfn';
import { changed, type Differences, type LookcardSettings } from './settings';

export type { LookcardSettings } from './settings';

const production: LookcardSettings = {
  vpcCidrs: { 'ap-southeast-1': '10.0.0.0/16', 'us-east-1': '10.1.0.0/16' },
  pilotLight: true,
  natGateways: 'zone',
  interfaceEndpoints: 'zone',
  capacity: 'full',
  spot: false,
  containerInsights: 'enhanced',
  database: { engineVersion: '16.11', globalEngineVersion: '16.11', family: 'aurora-postgresql16', instances: 3, minimumCapacity: 0.5, maximumCapacity: 8, backupRetentionDays: 35 },
  cache: { engineVersion: '8.2', family: 'valkey8', nodeType: 'cache.t4g.medium', replicas: 2, snapshotRetentionDays: 7 },
  apiQuota: { requestsPerSecond: 100, burst: 200, requestsPerMonth: 10_000_000 },
  apiThrottle: { requestsPerSecond: 500, burst: 1000 },
  dnsProvider: 'route53',
  webAppHosting: 'fargate',
  apex: true,
  protected: true,
  backups: true,
  logRetentionDays: 400,
  monthlyBudgetUsd: 6000,
};

/** What no environment but production has: a second region, the domain itself, protection from deletion. */
const nonProduction = {
  'LKC-02': { pilotLight: false },
  'LKC-11': { apex: false },
  'LKC-72': { database: { backupRetentionDays: 7 } },
  'ADR-0008': { protected: false, backups: false },
} as const satisfies Differences;

/** What is cheap on top of that: one of what is paid by zone, Spot, no metrics by task, short logs. */
const cheap = {
  natGateways: 'single',
  interfaceEndpoints: 'single',
  capacity: 'light',
  spot: true,
  containerInsights: 'disabled',
  cache: { nodeType: 'cache.t4g.micro', replicas: 0, snapshotRetentionDays: 1 },
  logRetentionDays: 14,
  monthlyBudgetUsd: 1500,
} as const;

/** How the environments differ from `production`, and which requirement or decision makes them. */
export const differences = {
  production: {},
  staging: {
    ...nonProduction,
    'LKC-07': { vpcCidrs: { 'ap-southeast-1': '10.2.0.0/16' }, capacity: 'reduced', database: { instances: 2 }, cache: { replicas: 1 }, logRetentionDays: 14, monthlyBudgetUsd: 4000 },
  },
  testing: { ...nonProduction, 'LKC-09': { ...cheap, vpcCidrs: { 'ap-southeast-1': '10.3.0.0/16' }, database: { instances: 2, maximumCapacity: 2 } } },
  develop: {
    ...nonProduction,
    'LKC-06': { ...cheap, vpcCidrs: { 'ap-southeast-1': '10.4.0.0/16' } },
    'LKC-104': { database: { instances: 1, minimumCapacity: 0, maximumCapacity: 2 }, night: { stop: 'cron(0 20 ? * MON-FRI *)', start: 'cron(0 8 ? * MON-FRI *)', timeZone: 'Asia/Singapore' } },
  },
  sandbox: { ...nonProduction, 'LKC-10': { ...cheap, vpcCidrs: { 'ap-southeast-1': '10.5.0.0/16' }, database: { instances: 2, maximumCapacity: 2 } } },
} as const satisfies Readonly<Record<string, Differences>>;

/** LookCard's environments, each named after the branch that is rolled to it. Only production stands in two regions. */
export const environments: Readonly<Record<keyof typeof differences, Environment<LookcardSettings>>> = {
  production: { short: 'prod', settings: production },
  staging: { short: 'stg', settings: changed(production, differences.staging) },
  testing: { short: 'tst', settings: changed(production, differences.testing) },
  develop: { short: 'dev', settings: changed(production, differences.develop) },
  sandbox: { short: 'sbx', settings: changed(production, differences.sandbox) },
};

/** `defineTemplate` for LookCard's templates. */
export const defineTemplate = templatesOf<LookcardSettings>();
