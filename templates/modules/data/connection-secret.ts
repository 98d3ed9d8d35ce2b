import { Fn, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Secret } from '../../../src/cfn/generated/secretsmanager';
import { secretPolicy, type SecretReplica } from '../security/secret';

/** What a client needs to connect to MySQL, beside the password. */
export interface ConnectionSecretSettings {
  readonly name: Name;
  readonly key: IntrinsicFunction;
  readonly connection: {
    /** Where to write. */
    readonly host: IntrinsicFunction;
    /** Where to read what may be a little old. */
    readonly readerHost: IntrinsicFunction;
    readonly port: number;
    readonly databaseName: string;
    /** ARN of the secret that holds user name and password. */
    readonly credentialsArn: IntrinsicFunction;
  };
  readonly replicas: readonly SecretReplica[];
  readonly when?: Condition;
}

/**
 * A secret with the way to a database. It names the secret of the password instead of repeating it, because a copy would be
 * wrong after the first rotation.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function connectionSecret(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ConnectionSecretSettings): Handle<'AWS::SecretsManager::Secret', 'Id'> {
  const { host, readerHost, port, databaseName, credentialsArn } = settings.connection;
  const value = { engine: 'mysql', host: '${Host}', readerHost: '${ReaderHost}', port, dbname: databaseName, credentials: '${Credentials}' };
  const secret = t.add(
    id,
    new Secret({
      Name: settings.name,
      Description: 'Host, port and schema of MySQL, and where its password is',
      KmsKeyId: settings.key,
      SecretString: Fn.Sub(JSON.stringify(value), { Host: host, ReaderHost: readerHost, Credentials: credentialsArn }),
      ReplicaRegions: settings.replicas.map(({ region, key }): { Region: string; KmsKeyId: Value<string> } => ({ Region: region, KmsKeyId: key.after('alias/') })),
    }).keep('Delete'),
    { when: settings.when },
  );
  secretPolicy(t, `${id}Policy`, secret.ref(), settings.when);
  return secret;
}
