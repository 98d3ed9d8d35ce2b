/** The account that Meridian rehearses in unless another is named. The local AWS takes any 12-digit id. */
export const LOCAL_ACCOUNT = '111111111111';

/** Settings that make any AWS SDK client talk to the local AWS. */
export interface LocalClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** S3 alone reads it: the local AWS has one host name, so the bucket goes into the path. */
  readonly forcePathStyle: true;
}

/**
 * The configuration of an AWS SDK client for the local AWS.
 *
 * @param endpoint address of the local AWS, for example `http://127.0.0.1:4566`
 * @param region region to act in; all regions are served at the same endpoint and kept apart
 * @param account 12-digit account id to act as: the local AWS reads it from the access key. Default {@link LOCAL_ACCOUNT},
 *   because one account is enough for a rehearsal
 */
export function localClientConfig(endpoint: string, region: string, account: string = LOCAL_ACCOUNT): LocalClientConfig {
  return { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' }, forcePathStyle: true };
}
