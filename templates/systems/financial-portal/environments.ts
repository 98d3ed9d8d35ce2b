import { templatesOf, type Environment } from '../../../src/cfn';
import { changed, type Differences, type FinancialPortalSettings } from './settings';

export type { FinancialPortalSettings } from './settings';

const production: FinancialPortalSettings = {
  vpcCidrs: { 'ap-southeast-1': '10.10.0.0/16', 'us-east-1': '10.20.0.0/16' },
  availabilityZones: 3,
  natGateways: 'zone',
  interfaceEndpoints: 'zone',
  services: {
    web: { cpu: 512, memory: 1024, port: 8080, minimumTasks: 3, tradingTasks: 6, maximumTasks: 24, requestsPerTask: 1200, sessionsPerTask: 400 },
    api: { cpu: 1024, memory: 2048, port: 8081, minimumTasks: 3, tradingTasks: 9, maximumTasks: 36, requestsPerTask: 900, sessionsPerTask: 250 },
  },
  spot: { onDemandWeight: 1, spotWeight: 3 },
  healthPaths: { live: '/health/live', ready: '/health/ready', deep: '/health/deep' },
  // The Singapore Exchange trades from 09:00 to the end of its closing auction at 17:16.
  tradingHours: { preOpen: 'cron(30 8 ? * MON-FRI *)', postClose: 'cron(30 17 ? * MON-FRI *)', timeZone: 'Asia/Singapore' },
  database: { engineVersion: '17.7', globalEngineVersion: '17.7', family: 'aurora-postgresql17', instances: 3, minimumCapacity: 1, maximumCapacity: 64, backupRetentionDays: 35 },
  blockedCountries: ['CU', 'IR', 'KP', 'SY'],
  logRetentionDays: 400,
  regionSwitch: { stepTimeoutMinutes: 8, automatic: false },
  monthlyBudgetUsd: 6000,
};

/** What costs less where nobody's money is moved. */
const nonProduction = {
  'FIN-04': { database: { minimumCapacity: 0.5, maximumCapacity: 8 } },
  'FIN-12': { spot: { onDemandWeight: 1, spotWeight: 9 } },
  'FIN-20': { database: { instances: 2 } },
  'FIN-21': { database: { backupRetentionDays: 7 } },
  'FIN-48': { logRetentionDays: 14 },
  'FIN-62': { monthlyBudgetUsd: 2000 },
  'FIN-66': { natGateways: 'single', interfaceEndpoints: 'single' },
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
export const environments: Readonly<Record<keyof typeof differences, Environment<FinancialPortalSettings>>> = {
  production: { short: 'prod', settings: production },
  staging: { short: 'staging', settings: changed(production, differences.staging) },
  develop: { short: 'dev', settings: changed(production, differences.develop) },
};

/** `defineTemplate` for the portal's templates. */
export const defineTemplate = templatesOf<FinancialPortalSettings>();
