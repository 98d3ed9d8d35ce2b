import { GetSecretValueCommand, PutSecretValueCommand, ResourceExistsException, ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Found, HeaderSecret } from './step';

/** Both secrets with their copies. */
export interface Secrets {
  find(): Promise<Pick<Found, 'current' | 'former' | 'next' | 'isReplicated'>>;
  /** Stores a value as the current version. False when the version exists with another value. */
  store(secret: 'current' | 'next', value: string, version: string): Promise<boolean>;
}

/** Where the secrets are. */
export interface SecretPlaces {
  /** Names of the two secrets, the same in every region. */
  readonly names: Readonly<Record<'current' | 'next', string>>;
  /** The region in which they are written. */
  readonly home: string;
  /** The regions that hold copies. */
  readonly copies: readonly string[];
}

/**
 * The header's secrets behind the API of Secrets Manager.
 *
 * @param clientIn the client of a region
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 */
export function secrets({ names, home, copies }: SecretPlaces, clientIn: (region: string) => SecretsManagerClient): Secrets {
  async function read(region: string, name: string): Promise<HeaderSecret> {
    const { SecretString = '', VersionId, CreatedDate } = await clientIn(region).send(new GetSecretValueCommand({ SecretId: name }));
    const value = valueIn(SecretString);
    if (value && VersionId && CreatedDate) return { value, version: VersionId, made: CreatedDate };
    throw new Error(`Secret ${name} in ${region}: no current version of the form {"value": "…"}. Store one, with what CloudFront sends, by aws secretsmanager put-secret-value.`);
  }

  /** The value that was current before, which Secrets Manager keeps; a secret that was never changed has none. */
  async function former(): Promise<string | undefined> {
    try {
      const { SecretString = '' } = await clientIn(home).send(new GetSecretValueCommand({ SecretId: names.current, VersionStage: 'AWSPREVIOUS' }));
      return valueIn(SecretString);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  return {
    async find() {
      const both = (region: string) => Promise.all([read(region, names.current), read(region, names.next)]);
      const [before, [current, next], ...elsewhere] = await Promise.all([former(), both(home), ...copies.map(both)]);
      return { current, former: before, next, isReplicated: elsewhere.every(([copy, nextCopy]) => copy.value === current.value && nextCopy.value === next.value) };
    },
    async store(secret, value, version) {
      try {
        await clientIn(home).send(new PutSecretValueCommand({ SecretId: names[secret], SecretString: JSON.stringify({ value }), ClientRequestToken: version }));
        return true;
      } catch (error) {
        if (error instanceof ResourceExistsException) return false;
        throw error;
      }
    },
  };
}

/** The message of a JSON error quotes the text, which is the secret: so it goes no further than this. */
function valueIn(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const value: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'value') : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
