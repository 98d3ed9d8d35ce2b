import { placeholder, type ManifestContext } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { databaseName, databaseUser } from './database-names';
import type { FintechGlobalSettings } from './environments';
import { apiKeysSecretName, cacheSecretName, encryptionKeysSecretName } from './secret-names';
import { cachePort } from './security-groups';

/**
 * The environment variables of each service: where it finds what it may use, never what opens it. Secrets are read by name with the
 * role of the service account, the database takes that role's IAM tokens.
 */
export function podEnvironment(context: ManifestContext<FintechGlobalSettings>): Readonly<Record<'api' | 'worker', Readonly<Record<string, string>>>> {
  const { services } = context.settings;
  const database = (host: string) => ({ DATABASE_HOST: host, DATABASE_PORT: String(postgresPort), DATABASE_NAME: databaseName, DATABASE_USER: databaseUser });
  // Pods on Fargate can't ask the instance metadata where they are.
  const region = { AWS_REGION: placeholder('AWS::Region') };
  return {
    api: {
      ...region,
      PORT: String(services.api.port),
      ...database(placeholder('DatabaseEndpoint')),
      CACHE_HOST: placeholder('CacheEndpoint'),
      CACHE_PORT: String(cachePort),
      CACHE_SECRET: cacheSecretName(context).text,
      SESSIONS_TABLE: context.resourceName('sessions').text,
      API_KEYS_SECRET: apiKeysSecretName(context).text,
      ENCRYPTION_KEYS_SECRET: encryptionKeysSecretName(context).text,
    },
    worker: {
      ...region,
      PORT: String(services.worker.port),
      ...database(placeholder('DatabaseReaderEndpoint')),
      DATA_LAKE_BUCKET: placeholder('DataLakeBucketName'),
    },
  };
}
