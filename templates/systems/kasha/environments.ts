import { templatesOf, type Environment } from '../../../src/cfn';
import { changed, type Differences, type KashaSettings } from './settings';

export type { KashaSettings } from './settings';

const production: KashaSettings = {
  vpcCidrs: { 'us-east-1': '10.0.0.0/16', 'ap-southeast-1': '10.1.0.0/16' },
  availabilityZones: 2,
  natGateways: 'zone',
  interfaceEndpoints: 'zone',
  services: {
    frontend: { cpu: 256, memory: 512, port: 80, minimumTasks: 2, maximumTasks: 4 },
    backend: { cpu: 512, memory: 1024, port: 8080, minimumTasks: 2, maximumTasks: 4 },
  },
  healthPaths: { live: '/', deep: '/health/deep' },
  spot: 'none',
  executeCommand: false,
  database: {
    engineVersion: '8.4.7',
    family: 'mysql8.4',
    instanceClass: 'db.m6g.large',
    allocatedStorage: 20,
    multiAz: true,
    backupRetentionDays: 30,
    generalLog: 'off',
    performanceInsights: true,
    proxy: true,
    crossRegionReplica: true,
  },
  queueKey: 'own',
  protected: true,
  logRetentionDays: 7,
  archive: true,
};

/** The owner's savings outside production. A single zone is one of what is paid by zone; subnets, tasks and load balancers keep two. */
const nonProduction = {
  'ADR-0008': { protected: false, archive: false },
  'KSH-49': { spot: 'all' },
  'KSH-58': { database: { instanceClass: 'db.t3.micro', performanceInsights: false } },
  'KSH-135': { nightShutdown: { stop: 'cron(0 20 ? * MON-FRI *)', start: 'cron(0 7 ? * MON-FRI *)', timeZone: 'America/New_York' } },
  'KSH-136': { natGateways: 'single', interfaceEndpoints: 'single', database: { multiAz: false } },
} as const satisfies Differences;

/** How the environments differ from `production`, and which requirement or decision makes them. */
export const differences = {
  production: {},
  'production-as-specified': {
    'KSH-12': { natGateways: 'single' },
    'KSH-52': { database: { proxy: false } },
    'KSH-54': { database: { engineVersion: '8.0.46-rds.20260908', family: 'mysql8.0' } },
    'KSH-58': { database: { instanceClass: 'db.t3.micro', performanceInsights: false } },
    'KSH-59': { database: { crossRegionReplica: false } },
    'KSH-70': { database: { generalLog: 'exported' } },
    'KSH-93': { queueKey: 'aws' },
  },
  staging: nonProduction,
  develop: {
    ...nonProduction,
    'KSH-46': { executeCommand: true },
    'KSH-52': { database: { proxy: false } },
    'KSH-72': { database: { generalLog: 'on' } },
  },
} as const satisfies Readonly<Record<string, Differences>>;

/**
 * Kasha's environments: `production` is hardened; `production-as-specified` is what its owner wrote, wherever that is safe and
 * can still be had; `staging` rehearses production at little cost; `develop` is for trying things out.
 */
export const environments: Readonly<Record<keyof typeof differences, Environment<KashaSettings>>> = {
  production: { short: 'prod', settings: production },
  'production-as-specified': { short: 'spec', settings: changed(production, differences['production-as-specified']) },
  staging: { short: 'stg', settings: changed(production, differences.staging) },
  develop: { short: 'dev', settings: changed(production, differences.develop) },
};

/** `defineTemplate` for Kasha's templates. */
export const defineTemplate = templatesOf<KashaSettings>();
