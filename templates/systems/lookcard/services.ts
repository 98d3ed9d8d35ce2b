import type { ServiceRow } from './service-row';

const api = { cpu: 512, memory: 1024, healthPath: '/health' } as const;

/**
 * Every service of the platform. Adding one is adding a row: `docs/systems/lookcard-services.md` says what a row means and which
 * parameter gives its image.
 */
export const services: readonly ServiceRow[] = [
  { name: 'account-api', cluster: 'core-application', ...api, port: 8001, entrance: { kind: 'alb', paths: ['/account/*'], priority: 110 }, answersForRegion: true, calls: ['profile-api', 'config-api'], database: 'write', cache: true },
  { name: 'card-api', cluster: 'core-application', ...api, port: 8002, entrance: { kind: 'alb', paths: ['/card/*'], priority: 120 }, calls: ['account-api', 'reap-proxy', 'notification-api'], database: 'write', cache: true },
  { name: 'user-api', cluster: 'core-application', ...api, port: 8003, entrance: { kind: 'alb', paths: ['/user/*'], priority: 130 }, calls: ['profile-api', 'verification-api'], database: 'write', cache: true },
  { name: 'verification-api', cluster: 'core-application', ...api, port: 8004, entrance: { kind: 'alb', paths: ['/verification/*'], priority: 140 }, database: 'write', internet: true },
  { name: 'crypto-api', cluster: 'core-application', ...api, cpu: 1024, memory: 2048, port: 8005, entrance: { kind: 'alb', paths: ['/crypto/*'], priority: 150 }, calls: ['account-api', 'liquidity-api'], database: 'write', keys: ['crypto-signing', 'crypto-wrapping'], sendsTo: ['crypto-processor'] },
  { name: 'profile-api', cluster: 'core-application', ...api, port: 8006, entrance: { kind: 'alb', paths: ['/profile/*'], priority: 160 }, database: 'write', cache: true },
  { name: 'data-api', cluster: 'core-application', ...api, port: 8007, entrance: { kind: 'alb', paths: ['/data/*'], priority: 170 }, database: 'read' },
  { name: 'config-api', cluster: 'core-application', ...api, cpu: 256, memory: 512, port: 8008, tables: [{ name: 'settings', partitionKey: 'scope', sortKey: 'name' }] },
  { name: 'notification-api', cluster: 'core-application', ...api, cpu: 256, memory: 512, port: 8009, tables: [{ name: 'notifications', partitionKey: 'user', sortKey: 'at', endsAt: 'endsAt' }], queue: 'notifications', secrets: ['notification-credentials'], internet: true },
  { name: 'authentication-api', cluster: 'core-application', ...api, port: 8010, entrance: { kind: 'alb', paths: ['/authentication/*'], priority: 180 }, calls: ['user-api'], database: 'write', cache: true },
  { name: 'liquidity-api', cluster: 'core-application', inferred: true, ...api, port: 8011, database: 'write', keys: ['liquidity'], internet: true },

  { name: 'webhook-api', cluster: 'composite-application', ...api, cpu: 256, memory: 512, port: 8021, entrance: { kind: 'nlb', listenerPort: 8021, apiPath: 'webhook' }, tables: [{ name: 'webhooks', partitionKey: 'sender', sortKey: 'id', endsAt: 'endsAt' }], queue: 'webhooks', fansOut: { 'notification-api': ['card', 'transaction'], 'crypto-processor': ['crypto'] } },
  { name: 'reap-proxy', cluster: 'composite-application', ...api, cpu: 256, memory: 512, port: 8022, secrets: ['issuer-credentials'], internet: true },
  { name: 'reseller-api', cluster: 'composite-application', ...api, port: 8023, entrance: { kind: 'nlb', listenerPort: 8023, apiPath: 'reseller' }, calls: ['account-api', 'card-api'], database: 'read' },
  { name: 'web-app', cluster: 'composite-application', ...api, port: 3000, healthPath: '/health', entrance: { kind: 'alb', paths: ['/*'], priority: 49000 }, appRunner: true, calls: ['authentication-api'] },

  { name: 'crypto-listener', cluster: 'listener', ...api, port: 8031, tasks: { full: { minimum: 2, maximum: 4 }, reduced: { minimum: 1, maximum: 2 }, light: { minimum: 1, maximum: 2 } }, actsUnasked: true, sendsTo: ['crypto-processor'], internet: true },
  { name: 'crypto-processor', cluster: 'listener', ...api, port: 8032, database: 'write', queue: 'crypto-events', keys: ['crypto-wrapping'] },

  { name: 'admin-api', cluster: 'administrative', inferred: true, ...api, port: 8041, entrance: { kind: 'alb', paths: ['/admin/*'], priority: 190 }, calls: ['account-api', 'card-api', 'user-api', 'config-api'], database: 'write' },

  { name: 'cron-settlement', cluster: 'cronjob', inferred: true, cpu: 512, memory: 1024, schedule: { expression: 'cron(15 1 * * ? *)', timeZone: 'Asia/Singapore' }, calls: ['reap-proxy'], database: 'write' },
  { name: 'cron-reconciliation', cluster: 'cronjob', inferred: true, cpu: 512, memory: 1024, schedule: { expression: 'cron(45 3 * * ? *)', timeZone: 'Asia/Singapore' }, database: 'read', sendsTo: ['notification-api'] },

  { name: 'supabase-auth', cluster: 'supabase', inferred: true, ...api, cpu: 256, memory: 512, port: 9999, database: 'write', secrets: ['supabase-jwt'] },
  { name: 'supabase-rest', cluster: 'supabase', inferred: true, ...api, cpu: 256, memory: 512, port: 3001, entrance: { kind: 'alb', paths: ['/rest/*'], priority: 200 }, database: 'read', secrets: ['supabase-jwt'] },
];
