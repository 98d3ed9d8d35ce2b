import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { LOCAL_ACCOUNT, localClientConfig, type LocalAws, LocalAwsControl, startLocalAws } from '../../../src/local-aws';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Where the rules are tried: the local AWS, or the account of the caller's credentials. */
export interface Target {
  readonly account: string;
  /** Region of the stack sets. */
  readonly home: string;
  /** Regions of the stack instances, in the order in which the tests roll them. */
  readonly regions: readonly [string, string];
  cloudFormation(region?: string): CloudFormation;
  ssm(region: string): SSM;
  /** S3 in the region of the stack sets. */
  s3(): S3;
  /** Only the local AWS has it. */
  readonly control?: LocalAwsControl;
  close(): Promise<void>;
}

/** Another account of the local AWS. */
export const SECOND_ACCOUNT = '222222222222';

/** `MERIDIAN_TARGET=aws` runs the rules against a real account, which has to be `MERIDIAN_ACCOUNT`; they make and delete stack sets there. */
export const REAL = process.env['MERIDIAN_TARGET'] === 'aws';

const HOME = 'ap-southeast-1';
const REGIONS = ['us-east-1', 'ap-southeast-1'] as const;

/** Opens the target; the local AWS is started for it. */
export async function openTarget(): Promise<Target> {
  return REAL ? openAws() : openLocal(await startLocalAws());
}

/** A target over a local AWS that runs already. */
export function openLocal(local: LocalAws): Target {
  const config = (region: string) => localClientConfig(local.endpoint, region);
  return {
    account: LOCAL_ACCOUNT,
    home: HOME,
    regions: REGIONS,
    cloudFormation: (region = HOME) => new CloudFormation(config(region)),
    ssm: (region) => new SSM(config(region)),
    s3: () => new S3(config(HOME)),
    control: new LocalAwsControl(local.endpoint),
    close: () => local.stop(),
  };
}

async function openAws(): Promise<Target> {
  const { Account: account } = await new STS({ region: HOME }).getCallerIdentity({});
  if (!account || account !== process.env['MERIDIAN_ACCOUNT']) {
    throw new Error(`Account ${account}: it is not MERIDIAN_ACCOUNT. Set MERIDIAN_ACCOUNT to the account that may be used.`);
  }
  return {
    account,
    home: HOME,
    regions: REGIONS,
    cloudFormation: (region = HOME) => new CloudFormation({ region }),
    ssm: (region) => new SSM({ region }),
    s3: () => new S3({ region: HOME }),
    close: () => Promise.resolve(),
  };
}
