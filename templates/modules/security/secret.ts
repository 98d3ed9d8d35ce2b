import { Aws, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { ResourcePolicy, Secret } from '../../../src/cfn/generated/secretsmanager';
import { policyDocument } from './policy';

/** A copy of a secret in another region, encrypted under that region's own key. */
export interface SecretReplica {
  readonly region: string;
  /** Key of that region, by alias: an alias is the only name of it that this region knows. */
  readonly key: Name;
}

/**
 * A copy in every region but the primary that reads secrets: the secondary, and us-east-1, from where CloudFront is made.
 * @param key alias that each of these regions gives its own key; the keys must stand before the secret
 */
export function replicasElsewhere({ context }: TemplateBuilder<Parameters, unknown>, key: Name): readonly SecretReplica[] {
  const { primary, secondary } = context.regions;
  return [...new Set([secondary, 'us-east-1'])].filter((region) => region !== primary).map((region) => ({ region, key }));
}

/** A secret of AWS Secrets Manager. */
export interface SecretSettings {
  readonly name: Name;
  readonly description: string;
  readonly key: IntrinsicFunction;
  /** What is generated; the value is made by AWS and never seen in a template. */
  readonly generate: {
    /** The JSON beside the generated field, for example `{"username":"admin"}`. @default `{}` */
    readonly template?: string;
    readonly field: string;
    /** Characters. @default 40 */
    readonly length?: number;
    /** Characters that the consumer can't take. @default none excluded */
    readonly exclude?: string;
    /** Letters and digits only, for values that travel in a header or URL. @default false */
    readonly alphanumeric?: boolean;
  };
  /** None for a secret that each region makes anew. */
  readonly replicas: readonly SecretReplica[];
  /** Keeps the secret when its stack goes. @default false; what it opens goes with the stack, or gets a new one */
  readonly retained?: boolean;
  readonly when?: Condition;
}

/**
 * A generated secret, replicated to the regions that need it. Identities of other accounts are refused by its own policy,
 * whatever an IAM policy says.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html
 */
export function secret(t: TemplateBuilder<Parameters, unknown>, id: string, settings: SecretSettings): Handle<'AWS::SecretsManager::Secret', 'Id'> {
  const { name, description, key, generate, replicas, retained = false, when } = settings;
  const { template = '{}', field, length = 40, exclude, alphanumeric = false } = generate;
  const handle = t.add(
    id,
    new Secret({
      Name: name,
      Description: description,
      KmsKeyId: key,
      GenerateSecretString: {
        SecretStringTemplate: template,
        GenerateStringKey: field,
        PasswordLength: length,
        ...(exclude ? { ExcludeCharacters: exclude } : {}),
        ...(alphanumeric ? { ExcludePunctuation: true } : {}),
      },
      ...(replicas.length ? { ReplicaRegions: replicas.map(({ region, key: replicaKey }): { Region: string; KmsKeyId: Value<string> } => ({ Region: region, KmsKeyId: replicaKey.after('alias/') })) } : {}),
    }).keep(retained ? 'RetainExceptOnCreate' : 'Delete'),
    { when },
  );
  secretPolicy(t, `${id}Policy`, handle.ref(), when);
  return handle;
}

/** The resource policy that keeps a secret inside its account. */
export function secretPolicy(t: TemplateBuilder<Parameters, unknown>, id: string, secretId: IntrinsicFunction, when?: Condition): void {
  const outsiders = policyDocument({
    Sid: 'DenyOtherAccounts',
    Effect: 'Deny',
    Principal: '*',
    Action: ['secretsmanager:*'],
    Resource: ['*'],
    Condition: { StringNotEquals: { 'aws:PrincipalAccount': Aws.accountId }, Bool: { 'aws:PrincipalIsAWSService': 'false' } },
  });
  t.add(id, new ResourcePolicy({ SecretId: secretId, ResourcePolicy: outsiders, BlockPublicPolicy: true }), { when });
}
