import { templatesOf, type Environment } from '../../../src/cfn';
import { changed, type Differences, type FintechGlobalSettings } from './settings';

export type { FintechGlobalSettings } from './settings';

const production: FintechGlobalSettings = {
  vpcCidrs: { 'us-east-1': '10.50.0.0/16', 'ap-southeast-1': '10.60.0.0/16' },
  availabilityZones: 3,
  egressMode: 'zone',
  interfaceEndpoints: 'zone',
  kubernetes: { version: '1.35', namespace: 'fintech-prod', publicAccessCidrs: [], nodes: { instanceType: 't4g.large', minimum: 3, maximum: 6, volumeGiB: 30 } },
  services: {
    api: { cpuMillicores: 500, memoryMiB: 1024, port: 8080, pods: { primary: { minimum: 3, maximum: 30 }, secondary: { minimum: 1, maximum: 30 } }, cpuTargetPercent: 60 },
    worker: { cpuMillicores: 250, memoryMiB: 512, port: 8081, pods: { primary: { minimum: 2, maximum: 10 }, secondary: { minimum: 1, maximum: 10 } }, cpuTargetPercent: 70 },
  },
  healthPaths: { live: '/health/live', ready: '/health/ready', deep: '/health/deep' },
  database: { engineVersion: '17.7', globalEngineVersion: '17.7', family: 'aurora-postgresql17', instanceClass: 'db.r7g.large', readers: { minimum: 1, maximum: 5 }, readerCpuTargetPercent: 60, backupRetentionDays: 35 },
  cache: { engineVersion: '8.2', family: 'valkey8', nodeType: 'cache.r7g.large', shards: 1, replicas: 1, global: false, snapshotRetentionDays: 7 },
  sessions: { minimum: 5, maximum: 500, targetPercent: 70 },
  dataLake: { infrequentAfterDays: 30, coldAfterDays: 90, noncurrentDays: 365 },
  protected: true,
  logRetentionDays: 400,
  regionSwitch: { stepTimeoutMinutes: 20 },
};

/** What costs less where nobody's money is moved, and goes when its stacks go. */
const nonProduction = {
  'FTG-10': { egressMode: 'single', interfaceEndpoints: 'single' },
  'FTG-35': { protected: false },
  'FTG-37': { cache: { nodeType: 'cache.t4g.small', snapshotRetentionDays: 1 } },
  'FTG-57': { logRetentionDays: 14 },
} as const satisfies Differences;

/** How the environments differ from `production`, and which requirement or decision makes them. */
export const differences = {
  production: {},
  staging: { ...nonProduction, 'FTG-21': { kubernetes: { namespace: 'fintech-staging' } } },
  develop: {
    ...nonProduction,
    'FTG-21': { kubernetes: { namespace: 'fintech-dev' } },
    'FTG-29': { database: { backupRetentionDays: 7 } },
  },
} as const satisfies Readonly<Record<string, Differences>>;

/**
 * The platform's environments: `production`, which refuses to be deleted; `staging`, which rehearses it; `develop`, which goes without
 * a trace, as its owner's document had it. All of them stand in both regions.
 */
export const environments: Readonly<Record<keyof typeof differences, Environment<FintechGlobalSettings>>> = {
  production: { short: 'prod', settings: production },
  staging: { short: 'stg', settings: changed(production, differences.staging) },
  develop: { short: 'dev', settings: changed(production, differences.develop) },
};

/** `defineTemplate` for the platform's templates. */
export const defineTemplate = templatesOf<FintechGlobalSettings>();
