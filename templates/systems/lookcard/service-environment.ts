import type { Value } from '../../../src/cfn';
import { tracingEnvironment } from '../../modules/compute/tracing';
import { postgresPort } from '../../modules/data/postgres-port';
import type { Catalogue } from './catalogue';
import { namespaceDomain } from './cluster-names';
import { regionHealthPath } from './health-paths';
import { serviceSecretName } from './secret-names';
import { cachePort } from './security-groups';
import { databaseUserOf, queueUrl, tableName, variable } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import { keyParameter } from './service-rights';
import type { ServiceRow } from './service-row';

type Environment = Readonly<Record<string, Value<string>>>;

/**
 * The environment variables of a service: part of the contract with whoever builds its image. Names and addresses only; secrets are read
 * from Secrets Manager under the name or ARN that stands here, and the database takes an IAM token for a password.
 */
export function environmentOf(t: ServiceBuilder, row: ServiceRow, catalogue: Catalogue): Environment {
  const { name, port, answersForRegion } = row;
  return {
    ENVIRONMENT: t.context.environment,
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(answersForRegion ? { REGION_HEALTH_PATH: regionHealthPath } : {}),
    ...tracingEnvironment(name),
    ...calleesOf(t, row, catalogue),
    ...databaseOf(t, row),
    ...(row.cache ? { CACHE_HOST: t.param('CacheEndpoint'), CACHE_PORT: String(cachePort), CACHE_SECRET_ARN: t.param('CacheSecretArn') } : {}),
    ...fromEntries((row.tables ?? []).map((table) => [`${variable(table.name)}_TABLE`, tableName(t, table)])),
    ...(row.queue === undefined ? {} : { QUEUE_URL: queueUrl(t, row.queue) }),
    ...fromEntries((row.sendsTo ?? []).map((other) => [`${variable(other)}_QUEUE_URL`, queueUrl(t, catalogue.row(other).queue ?? '')])),
    ...fromEntries((row.keys ?? []).map((key) => [`${variable(key)}_KEY_ARN`, t.param(keyParameter[key])])),
    ...fromEntries((row.secrets ?? []).map((secret) => [`${variable(secret)}_SECRET_NAME`, serviceSecretName(t, secret)])),
  };
}

const fromEntries = (entries: readonly (readonly [string, Value<string>])[]): Environment => Object.fromEntries(entries);

/** Where the services that it calls answer: by their Cloud Map names. */
function calleesOf(t: ServiceBuilder, { calls = [] }: ServiceRow, catalogue: Catalogue): Environment {
  return fromEntries(calls.map((other) => [`${variable(other)}_URL`, `http://${other}.${namespaceDomain(t)}:${catalogue.row(other).port}`]));
}

/** The database behind the proxy: what only reads is told of nothing else. */
function databaseOf(t: ServiceBuilder, row: ServiceRow): Environment {
  if (!row.database) return {};
  return {
    ...(row.database === 'write' ? { DATABASE_WRITER_HOST: t.param('ProxyEndpoint') } : {}),
    DATABASE_READER_HOST: t.param('ProxyReaderEndpoint'),
    DATABASE_PORT: String(postgresPort),
    DATABASE_USER: databaseUserOf(row),
  };
}
