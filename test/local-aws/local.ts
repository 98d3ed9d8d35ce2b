import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { after, before } from 'mocha';
import { type EmulatorOptions, localClientConfig, type LocalAws, LocalAwsControl, startLocalAws } from '../../src/local-aws';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** A region of the tests. */
export const REGION = 'us-east-1';

/** A local AWS for the tests of one `describe`, without faults and at full pace before each. */
export function withLocalAws(options: EmulatorOptions = {}): () => LocalAws & { readonly control: LocalAwsControl } {
  let running: (LocalAws & { readonly control: LocalAwsControl }) | undefined;
  before('start the local AWS', async () => {
    const local = await startLocalAws(options);
    running = { ...local, control: new LocalAwsControl(local.endpoint) };
  });
  beforeEach('remove faults and pace', async () => {
    await running?.control.removeFaults();
    await running?.control.setPace({});
  });
  after('stop the local AWS', () => running?.stop());
  return () => {
    if (!running) {
      throw new Error('Local AWS: it runs only inside of tests. Call this inside a test.');
    }
    return running;
  };
}

/** CloudFormation at an endpoint, with settings for the SDK's own retries. */
export function cloudFormation(endpoint: string, settings: { maxAttempts?: number; requestTimeout?: number } = {}): CloudFormation {
  const { maxAttempts, requestTimeout } = settings;
  const retryDelay = { maxAttempts: maxAttempts ?? 3 };
  return new CloudFormation({ ...localClientConfig(endpoint, REGION), ...retryDelay, ...(requestTimeout ? { requestHandler: { requestTimeout, throwOnRequestTimeout: true } } : {}) });
}

/** A template of parameters in Parameter Store. */
export function notes(...logicalIds: string[]): string {
  const note = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };
  return JSON.stringify({ Resources: Object.fromEntries(logicalIds.map((id) => [id, note])) });
}

/** The status of a stack once nothing is in progress. */
export async function settled(client: CloudFormation, StackName: string): Promise<string> {
  for (;;) {
    const status = (await client.describeStacks({ StackName })).Stacks?.[0]?.StackStatus ?? '';
    if (!status.endsWith('_IN_PROGRESS')) {
      return status;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
