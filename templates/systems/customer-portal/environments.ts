import { templatesOf, type Environment } from '../../../src/cfn';
import { changed, type CustomerPortalSettings, type Differences } from './settings';

export type { CustomerPortalSettings } from './settings';

const production: CustomerPortalSettings = {
  vpcCidrs: { 'us-east-1': '10.30.0.0/16', 'ap-southeast-1': '10.40.0.0/16' },
  availabilityZones: 3,
  nat: { mode: 'instance', instanceType: 't4g.small' },
  interfaceEndpoints: 'zone',
  services: {
    frontend: { cpu: 256, memory: 512, port: 8080, minimumTasks: 3, maximumTasks: 12, onDemandTasks: 2 },
    backend: { cpu: 512, memory: 1024, port: 3000, minimumTasks: 3, maximumTasks: 18, onDemandTasks: 'all' },
  },
  healthPaths: { live: '/health/live', ready: '/health/ready', deep: '/health/deep' },
  api: { requestsPerSecond: 1000, burst: 2000, requestsPerMonth: 10_000_000 },
  database: { engineVersion: '17.7', globalEngineVersion: '17.7', family: 'aurora-postgresql17', instances: 3, minimumCapacity: 0.5, maximumCapacity: 16, backupRetentionDays: 14 },
  logRetentionDays: 14,
  logArchiveDays: 400,
  switchStepTimeoutMinutes: 15,
  monthlyBudgetUsd: 4000,
};

/** What costs less where no customer is served. */
const nonProduction = {
  'CUS-14': { interfaceEndpoints: 'single' },
  'CUS-18': { services: { frontend: { onDemandTasks: 0 }, backend: { onDemandTasks: 0 } } },
  'CUS-33': { database: { maximumCapacity: 4, backupRetentionDays: 7 } },
  'CUS-60': { logRetentionDays: 7, logArchiveDays: 30 },
  'CUS-69': { monthlyBudgetUsd: 1500 },
} as const satisfies Differences;

/** How the environments differ from `production`, and which requirement or decision makes them. */
export const differences = {
  production: {},
  staging: nonProduction,
  develop: nonProduction,
} as const satisfies Readonly<Record<string, Differences>>;

/**
 * The portal's environments: `production`; `staging`, which rehearses it at less cost; `develop`, for trying things out. All of
 * them stand in both regions and can be destroyed by one command.
 */
export const environments: Readonly<Record<keyof typeof differences, Environment<CustomerPortalSettings>>> = {
  production: { short: 'prod', settings: production },
  staging: { short: 'stg', settings: changed(production, differences.staging) },
  develop: { short: 'dev', settings: changed(production, differences.develop) },
};

/** `defineTemplate` for the portal's templates. */
export const defineTemplate = templatesOf<CustomerPortalSettings>();
