import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { build } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { withVariables } from '../support/variables';
import { att, AWAY, HOME, output, Rehearsal, ref, type Template } from './rehearsal';

/** Answers as the resource's properties ask for, and tells where the function was sent. */
const FUNCTION = `
exports.handler = async (event) => {
  const { Fail, Silent } = event.ResourceProperties;
  const create = event.RequestType === 'Create';
  if (create && Silent === 'true') return;
  const body = JSON.stringify({
    Status: create && Fail === 'true' ? 'FAILED' : 'SUCCESS', Reason: 'the zone could not be emptied', PhysicalResourceId: 'emptied',
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    Data: { Endpoint: process.env.AWS_ENDPOINT_URL, Region: process.env.AWS_REGION, Account: process.env.AWS_ACCESS_KEY_ID, Secret: process.env.AWS_SECRET_ACCESS_KEY },
  });
  await fetch(event.ResponseURL, { method: 'PUT', body });
};`;

/** Empties a bucket with the AWS SDK when its resource is deleted. */
const EMPTIER = `
import { DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
export const handler = async (event) => {
  const s3 = new S3Client({});
  const Bucket = event.ResourceProperties.Bucket;
  if (event.RequestType === 'Delete') {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
  const { StackId, RequestId, LogicalResourceId } = event;
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: Bucket, StackId, RequestId, LogicalResourceId }) });
};`;

const stackWith = (properties: object, region: string): Template => ({
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } },
    Function: { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 10, Role: att('Role', 'Arn'), Code: { S3Bucket: `code-${region}`, S3Key: 'emptier.zip' } } },
    Custom: { Type: 'Custom::Emptier', Properties: { ServiceToken: att('Function', 'Arn'), ...properties } },
  },
  Outputs: Object.fromEntries(['Endpoint', 'Region', 'Account', 'Secret'].map((name) => [name, output(att('Custom', name))])),
});

describe('custom resources', () => {
  let aws: Rehearsal;
  let putBack: (() => void) | undefined;
  before(async () => {
    putBack = withVariables({ AWS_SECRET_ACCESS_KEY: 'a real one' });
    aws = await Rehearsal.open();
    for (const region of [HOME, AWAY]) {
      await aws.upload(region, `code-${region}`, 'emptier.zip', zipSync({ 'index.js': strToU8(FUNCTION) }));
    }
  });
  after(async () => {
    putBack?.();
    await aws.close();
  });

  for (const region of [HOME, AWAY]) {
    it(`run their function against the local AWS, in the region and account of its stack, without credentials of ours (${region})`, async () => {
      const stack = await aws.create(stackWith({}, region), { region });
      expect(stack.reasons).to.equal('');
      expect(stack.outputs).to.deep.equal({ Endpoint: aws.local.endpoint, Region: region, Account: '111111111111', Secret: 'test' });
      expect((await aws.remove(stack, { region })).status).to.equal('DELETE_COMPLETE');
    });
  }

  it('reach their own region with the AWS SDK, to empty a bucket before it goes', async () => {
    const bundle = await build({ stdin: { contents: EMPTIER, resolveDir: __dirname }, bundle: true, platform: 'node', write: false, minify: true });
    await aws.upload(AWAY, `code-${AWAY}`, 'sdk.zip', zipSync({ 'index.js': bundle.outputFiles[0]?.contents as Uint8Array }));
    const { Role, Function: emptier } = stackWith({}, AWAY).Resources as Record<string, { Type: string; Properties: object }>;
    const stack = await aws.create({
      Resources: {
        Role: Role as never,
        Function: { Type: 'AWS::Lambda::Function', Properties: { ...emptier?.Properties, Code: { S3Bucket: `code-${AWAY}`, S3Key: 'sdk.zip' } } },
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'filled' } },
        Custom: { Type: 'Custom::Emptier', Properties: { ServiceToken: att('Function', 'Arn'), Bucket: ref('Bucket') } },
      },
    }, { region: AWAY });
    expect(stack.reasons).to.equal('');
    await aws.s3(AWAY).send(new PutObjectCommand({ Bucket: 'filled', Key: 'a/b', Body: 'x' }));
    expect((await aws.remove(stack, { region: AWAY })).status).to.equal('DELETE_COMPLETE');
  });

  it('fail the stack with the reason that the function gives', async () => {
    const stack = await aws.create(stackWith({ Fail: true }, HOME));
    expect(stack.status).to.equal('ROLLBACK_COMPLETE');
    expect(stack.reasons).to.contain('Received response status [FAILED] from custom resource. Message returned: the zone could not be emptied');
  });

  it('fail the stack when no answer comes in time', async () => {
    const started = Date.now();
    const stack = await aws.create(stackWith({ Silent: true, ServiceTimeout: 1 }, HOME));
    expect(stack.reasons).to.contain('CloudFormation did not receive a response from your Custom Resource.');
    expect(Date.now() - started).to.be.lessThan(5_000);
  });

  it('do not hold up the end of the local AWS while they wait for an answer', async () => {
    const other = await Rehearsal.open();
    await other.upload(HOME, `code-${HOME}`, 'emptier.zip', zipSync({ 'index.js': strToU8(FUNCTION) }));
    const client = other.cloudFormation();
    const waiting = stackWith({ Silent: true }, HOME);
    const { StackId } = await client.createStack({ StackName: 'waiting', TemplateBody: JSON.stringify(waiting), Capabilities: ['CAPABILITY_IAM'] });
    const reached = async () => (await client.describeStackEvents({ StackName: StackId })).StackEvents?.some((event) => event.LogicalResourceId === 'Custom');
    while (!(await reached())) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const started = Date.now();
    await other.close();
    expect(Date.now() - started).to.be.lessThan(4_000);
  });
});
