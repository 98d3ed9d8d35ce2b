import { MeridianError } from '../errors';

/** Credentials as the SDK takes them. */
interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

type Provider = () => Promise<Identity>;

type Send = (args: { readonly input: object }) => Promise<object>;

/** A client of the SDK, as much of it as is needed to stand around its calls. */
interface SdkClient {
  readonly middlewareStack: { add(middleware: (next: Send) => Send, options: { readonly step: 'initialize'; readonly priority: 'high'; readonly name: string }): void };
}

/** What AWS answers when credentials are no longer good, and what the SDK says when it finds none. */
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'CredentialsProviderError', 'TokenProviderError']);

/** Whether an error says that credentials have expired. */
export function isExpired(error: unknown): error is Error {
  return error instanceof Error && expired.has(error.name);
}

/**
 * Credentials that are looked up anew when AWS says that they have expired. The SDK itself keeps those without an end for ever, and asks no
 * provider a second time: a person who signs in again while a rollout runs would change nothing.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export class RenewableCredentials {
  private provider: Provider | undefined;
  private identity: Promise<Identity> | undefined;

  /** @param make looks credentials up where a person has put them: environment, profile, session, container or instance */
  constructor(private readonly make: () => Provider) {}

  /** What a client asks before every call. The end in the past makes the SDK ask again, and keep nothing itself. */
  readonly provide: Provider = async () => {
    this.provider ??= this.make();
    this.identity ??= this.provider();
    const identity = await this.identity;
    if (identity.expiration !== undefined && identity.expiration.getTime() < Date.now()) this.forget();
    return { ...identity, expiration: new Date(0) };
  };

  /** Looks them up anew with the next call. */
  forget(): void {
    this.provider = undefined;
    this.identity = undefined;
  }

  /** Lets a client's calls renew these credentials; the client has to be made with `provide`. Returns it. */
  renewFor<C extends SdkClient>(client: C): C {
    client.middlewareStack.add((next) => (args) => this.around(() => next(args)), { step: 'initialize', priority: 'high', name: 'renewCredentials' });
    return client;
  }

  /**
   * Makes a call, and once more with credentials looked up anew when they have expired.
   * @throws MeridianError (exit 4) when those have expired too, else what the call throws
   */
  private async around<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!isExpired(error)) throw error;
      this.forget();
    }
    try {
      return await call();
    } catch (cause) {
      if (!isExpired(cause)) throw cause;
      throw new MeridianError(`Credentials expired: ${cause.message.replace(/\.$/, '')}. Sign in again, for example with "aws sso login", and run the same command again: it goes on where this one stopped.`, 4, { cause });
    }
  }
}
