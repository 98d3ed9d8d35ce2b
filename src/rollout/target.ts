import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECRClient } from '@aws-sdk/client-ecr';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { accessRoleName, planAccessRoleName, planRoleName } from '../../templates/bootstrap/names';
import { MeridianError } from '../errors';
import { LOCAL_ACCOUNT, localClientConfig } from '../local-aws';
import { RenewableCredentials } from './renewable-credentials';

/** How long operations are watched, wherever they run. */
interface Watching {
  /**
   * Seconds for which one operation is followed before a rollout lets it go and stops.
   * @default 4 hours (CloudFormation's own longest wait for one resource is three, for an ECS service)
   */
  readonly timeLimit?: number;
}

/** Where to roll: the local AWS, or a real account that the caller's credentials must belong to. */
export type TargetChoice = Watching & (
  | {
      readonly kind: 'local';
      /** For example `http://127.0.0.1:5566`. */
      readonly endpoint: string;
      /** Any twelve digits: the local AWS has every account. @default LOCAL_ACCOUNT (one account is enough for a rehearsal) */
      readonly account?: string;
    }
  | { readonly kind: 'aws'; readonly account: string }
);

/** The clients of one region. */
export interface RegionClients {
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly ecr: ECRClient;
  readonly cloudWatch: CloudWatchClient;
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

/** Who the credentials belong to. */
export interface Caller {
  readonly account: string;
  /** ARN of the user, or of the session of a role. */
  readonly arn: string;
}

/**
 * An account, and the clients of each of its regions, made when first asked for. The one that is opened holds the StackSets and the role
 * that operates them; the accounts that stacks go to are reached from it with `of`.
 */
export class Target {
  private readonly regions = new Map<string, RegionClients>();
  private readonly others = new Map<string, Target>();
  /** The role by which other accounts are entered: who only plans has one that brings nothing there. */
  private entranceRole = accessRoleName;
  private readonly credentials: RenewableCredentials;
  private readonly sts: STSClient;
  readonly route53: Route53Client;

  /**
   * @param entered        whether this account is reached from another one, by the role that lets rollouts look into it
   * @param identityRegion the region that is asked who the credentials belong to
   */
  constructor(readonly choice: TargetChoice, private readonly entered = false, identityRegion = globalRegion) {
    this.credentials = new RenewableCredentials(() => this.lookUpCredentials(identityRegion));
    this.sts = this.credentials.renewFor(new STSClient({ ...this.config(identityRegion), maxAttempts: identityAttempts }));
    this.route53 = this.credentials.renewFor(new Route53Client(this.config(globalRegion)));
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
      cloudFormation: this.credentials.renewFor(new CloudFormationClient(config)),
      s3: this.credentials.renewFor(new S3Client({ ...config, forcePathStyle: true, followRegionRedirects: false })),
      ssm: this.credentials.renewFor(new SSMClient(config)),
      ecr: this.credentials.renewFor(new ECRClient(config)),
      cloudWatch: this.credentials.renewFor(new CloudWatchClient(config)),
    };
    this.regions.set(region, clients);
    return clients;
  }

  /**
   * Another account, as this one's credentials reach it: the local AWS takes any account, a real one is entered by its access role. The
   * role is assumed with the first call, and again whenever its credentials are about to expire.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html
   */
  of(account: string): Target {
    if (account === this.account) return this;
    const known = this.others.get(account);
    if (known) return known;
    const other = new Target({ ...this.choice, account }, true);
    other.entranceRole = this.entranceRole;
    this.others.set(account, other);
    return other;
  }

  /** Who the credentials belong to; in an account reached from another one, the session of its access role. */
  async caller(): Promise<Caller> {
    const { Account: account = '', Arn: arn = '' } = await this.sts.send(new GetCallerIdentityCommand({}));
    if (!this.entered && arn.includes(`:assumed-role/${planRoleName}/`)) this.entranceRole = planAccessRoleName;
    return { account, arn };
  }

  /** Closes all connections, those to accounts reached from this one too. */
  close(): void {
    for (const other of this.others.values()) other.close();
    for (const clients of this.regions.values()) for (const client of Object.values(clients)) client.destroy();
    this.sts.destroy();
    this.route53.destroy();
  }

  /** What a client of a region is made with, for services that only few systems ask for. Who makes one, ends it. */
  clientConfig(region: string) {
    return this.config(region);
  }

  private config(region: string) {
    const common = { region, retryMode: 'standard', maxAttempts, requestHandler: { connectionTimeout, requestTimeout }, credentials: this.credentials.provide };
    return this.choice.kind === 'local' ? { ...localClientConfig(this.choice.endpoint, region, this.account), ...common } : common;
  }

  /** Where credentials come from: the local AWS reads the account from them, another account is entered by its access role. */
  private lookUpCredentials(region: string) {
    const { choice } = this;
    if (choice.kind === 'local') return async () => localClientConfig(choice.endpoint, region, this.account).credentials;
    return this.entered ? enter(this.account, region, this.entranceRole) : fromNodeProviderChain({ clientConfig: { region } });
  }
}

/** Credentials of a role by which another account is entered. */
function enter(account: string, region: string, role: string): ReturnType<typeof fromTemporaryCredentials> {
  const params = { RoleArn: `arn:aws:iam::${account}:role/${role}`, RoleSessionName: 'meridian' };
  return fromTemporaryCredentials({ params, clientConfig: { region } });
}

/**
 * Opens a target, after proving that the credentials belong to the account asked for.
 * @param identityRegion the region that is asked. @default us-east-1, which has the global services too
 * @throws MeridianError (exit 1) when they belong to another account, (exit 2) when there are none or they are refused
 */
export async function openTarget(choice: TargetChoice, identityRegion = globalRegion): Promise<Target> {
  if (choice.account !== undefined && !/^\d{12}$/.test(choice.account)) {
    throw new MeridianError(`Account "${choice.account}" unusable: an account id has twelve digits. Give it as --account 123456789012.`, 2);
  }
  const target = new Target(choice, false, identityRegion);
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

async function callerAccount(target: Target): Promise<string> {
  try {
    return (await target.caller()).account;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const next =
      target.choice.kind === 'local'
        ? `Start the local AWS, or give the endpoint it listens on (this was ${target.choice.endpoint})`
        : 'Sign in, for example with "aws sso login", and try again';
    throw new MeridianError(`AWS not reachable: ${why}. ${next}.`, 2, { cause });
  }
}
