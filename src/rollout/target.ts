import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECRClient } from '@aws-sdk/client-ecr';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { MeridianError } from '../errors';
import { LOCAL_ACCOUNT, localClientConfig } from '../local-aws';

/** Where to roll: the local AWS, or a real account that the caller's credentials must belong to. */
export type TargetChoice =
  | {
      readonly kind: 'local';
      /** For example `http://127.0.0.1:5566`. */
      readonly endpoint: string;
      /** Any twelve digits: the local AWS has every account. @default LOCAL_ACCOUNT (one account is enough for a rehearsal) */
      readonly account?: string;
    }
  | { readonly kind: 'aws'; readonly account: string };

/** The clients of one region. */
export interface RegionClients {
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly ecr: ECRClient;
}

/** How often a running operation is looked at, in milliseconds: from the first look, backing off to the longest pause. */
export interface PollPace {
  readonly first: number;
  readonly longest: number;
}

/** Account-wide stacks and services live here whatever the system's regions are. */
export const globalRegion = 'us-east-1';

/**
 * Attempts of one API call, the first included. The SDK waits a random part of a doubling time between them, up to 20 s,
 * so twelve outlast a minute of throttling.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const maxAttempts = 12;
/** Attempts to ask who we are: nothing is at stake yet, and a wrong endpoint should be told soon. */
const identityAttempts = 3;
/** Milliseconds to connect and to answer, after which a call counts as lost and is made again. */
const connectionTimeout = 5_000;
const requestTimeout = 60_000;

/** An account to roll into, and the clients of each of its regions, made when first asked for. */
export class Target {
  private readonly regions = new Map<string, RegionClients>();
  private readonly sts: STSClient;
  readonly route53: Route53Client;

  constructor(readonly choice: TargetChoice) {
    this.sts = new STSClient({ ...this.config(globalRegion), maxAttempts: identityAttempts });
    this.route53 = new Route53Client(this.config(globalRegion));
  }

  get kind(): 'local' | 'aws' {
    return this.choice.kind;
  }

  get account(): string {
    return this.choice.account ?? LOCAL_ACCOUNT;
  }

  /** Local stacks take milliseconds; AWS's take minutes, and DescribeStacks is limited to a few calls a second. */
  get pollPace(): PollPace {
    return this.kind === 'local' ? { first: 20, longest: 250 } : { first: 2_000, longest: 10_000 };
  }

  /** The clients of one region. */
  in(region: string): RegionClients {
    const known = this.regions.get(region);
    if (known) return known;
    const config = this.config(region);
    const clients = {
      cloudFormation: new CloudFormationClient(config),
      s3: new S3Client({ ...config, forcePathStyle: true, followRegionRedirects: false }),
      ssm: new SSMClient(config),
      ecr: new ECRClient(config),
    };
    this.regions.set(region, clients);
    return clients;
  }

  /** The account that the credentials belong to. */
  async callerAccount(): Promise<string | undefined> {
    const { Account } = await this.sts.send(new GetCallerIdentityCommand({}));
    return Account;
  }

  /** Closes all connections. */
  close(): void {
    for (const clients of this.regions.values()) for (const client of Object.values(clients)) client.destroy();
    this.sts.destroy();
    this.route53.destroy();
  }

  private config(region: string) {
    const common = { region, retryMode: 'standard', maxAttempts, requestHandler: { connectionTimeout, requestTimeout } };
    return this.choice.kind === 'aws' ? common : { ...common, ...localClientConfig(this.choice.endpoint, region, this.account) };
  }
}

/**
 * Opens a target, after proving that the credentials belong to the account asked for.
 * @throws MeridianError (exit 1) when they belong to another account, (exit 2) when there are none or they are refused
 */
export async function openTarget(choice: TargetChoice): Promise<Target> {
  if (choice.account !== undefined && !/^\d{12}$/.test(choice.account)) {
    throw new MeridianError(`Account "${choice.account}" unusable: an account id has twelve digits. Give it as --account 123456789012.`, 2);
  }
  const target = new Target(choice);
  try {
    const account = await callerAccount(target);
    if (account !== target.account) {
      throw new MeridianError(
        `Account ${target.account} not touched: the credentials belong to account ${account}. Use credentials of ${target.account}, or give --account ${account} if that is the one you mean.`,
        1,
      );
    }
  } catch (error) {
    target.close();
    throw error;
  }
  return target;
}

async function callerAccount(target: Target): Promise<string | undefined> {
  try {
    return await target.callerAccount();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const next =
      target.choice.kind === 'local'
        ? `Start the local AWS, or give the endpoint it listens on (this was ${target.choice.endpoint})`
        : 'Sign in, for example with "aws sso login", and try again';
    throw new MeridianError(`AWS not reachable: ${why}. ${next}.`, 2, { cause });
  }
}
