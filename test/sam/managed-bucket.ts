import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { localClientConfig } from '../../src/local-aws';

const StackName = 'aws-sam-cli-managed-default';

/** As little of SAM's own stack as SAM looks at. */
const template = { Resources: { SamCliSourceBucket: { Type: 'AWS::S3::Bucket' } }, Outputs: { SourceBucket: { Value: { Ref: 'SamCliSourceBucket' } } } };

/**
 * Makes the stack of SAM's bucket as if SAM had been used in the region before. Where SAM makes it, it looks every 15 seconds
 * whether it stands, and no setting changes that.
 */
export async function makeManagedBucket(endpoint: string, region: string): Promise<void> {
  const client = new CloudFormationClient(localClientConfig(endpoint, region));
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template), Tags: [{ Key: 'ManagedStackSource', Value: 'AwsSamCli' }] }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.3 }, { StackName });
}
