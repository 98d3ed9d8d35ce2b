import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../../src/build/bundle';
import { expandSam } from '../../src/build/expand-sam';
import { withArtifact } from '../../src/build/function-code';
import type { SamTemplate } from '../../src/build/sam-template';
import { LOCAL_ACCOUNT, localClientConfig, startLocalAws, type LocalAws } from '../../src/local-aws';

const region = 'ap-southeast-1';
const artifacts = `meridian-artifacts-${LOCAL_ACCOUNT}-${region}`;

const resourcesWith = (bucket: string) => ({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  Emptier: {
    Type: 'AWS::Serverless::Function',
    Properties: {
      CodeUri: 'function:empty',
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      Architectures: ['arm64'],
      Timeout: 60,
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    },
  },
  Logs: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucket, VersioningConfiguration: { Status: 'Enabled' } } },
  EmptyLogs: {
    Type: 'Custom::EmptyBucket',
    Properties: { ServiceToken: { 'Fn::GetAtt': ['Emptier', 'Arn'] }, BucketName: { Ref: 'Logs' } },
  },
  Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'kasha.example' } },
  EmptyZone: {
    Type: 'Custom::EmptyZone',
    Properties: { ServiceToken: { 'Fn::GetAtt': ['Emptier', 'Arn'] }, HostedZoneId: { Ref: 'Zone' } },
  },
});

type Resources = NonNullable<SamTemplate['Resources']>;

describe('The emptying function on the local AWS', function () {
  this.timeout(60_000);

  let aws: LocalAws;
  let cloudFormation: CloudFormationClient;
  let s3: S3Client;
  let route53: Route53Client;
  let cache: string;
  let hash: string;

  before(async () => {
    cache = mkdtempSync(join(tmpdir(), 'meridian-emptying-'));
    aws = await startLocalAws();
    const config = localClientConfig(aws.endpoint, region);
    cloudFormation = new CloudFormationClient(config);
    s3 = new S3Client(config);
    route53 = new Route53Client(config);
    const { sha256, zip } = await bundleFunction('empty');
    hash = sha256;
    await s3.send(
      new CreateBucketCommand({ Bucket: artifacts, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
    await s3.send(new PutObjectCommand({ Bucket: artifacts, Key: `${sha256}.zip`, Body: zip }));
  });
  after(async () => {
    await aws.stop();
    rmSync(cache, { recursive: true });
  });

  function stack(StackName: string, Resources: Resources) {
    const { template } = expandSam({ template: withArtifact({ Resources }, { empty: hash }) }, { cache });
    return { StackName, TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_IAM' as const] };
  }

  const waiting = {
    get client() {
      return cloudFormation;
    },
    maxWaitTime: 30,
    minDelay: 0.1,
    maxDelay: 0.3,
  };

  async function create(StackName: string, of: Resources): Promise<void> {
    await cloudFormation.send(new CreateStackCommand(stack(StackName, of)));
    await waitUntilStackCreateComplete(waiting, { StackName });
  }

  async function update(StackName: string, of: Resources): Promise<void> {
    await cloudFormation.send(new UpdateStackCommand(stack(StackName, of)));
    await waitUntilStackUpdateComplete(waiting, { StackName });
  }

  async function remove(StackName: string): Promise<void> {
    await cloudFormation.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete(waiting, { StackName });
  }

  async function putTwoVersionsAndAMarker(Bucket: string): Promise<void> {
    for (const Body of ['first', 'second']) await s3.send(new PutObjectCommand({ Bucket, Key: 'log', Body }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'log' }));
  }

  async function addValidationRecord(HostedZoneId: string): Promise<void> {
    const ResourceRecordSet = {
      Name: '_1.kasha.example',
      Type: 'CNAME' as const,
      TTL: 300,
      ResourceRecords: [{ Value: '_2.acm-validations.aws.' }],
    };
    await route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      }),
    );
  }

  async function zoneOf(StackName: string): Promise<string> {
    const { StackResources: [zone] = [] } = await cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName, LogicalResourceId: 'Zone' }),
    );
    return zone?.PhysicalResourceId ?? '';
  }

  /** How many versions and delete markers a bucket holds. */
  async function versionsIn(Bucket: string): Promise<number> {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    return Versions.length + DeleteMarkers.length;
  }

  async function bucketNames(): Promise<(string | undefined)[]> {
    return ((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).map((bucket) => bucket.Name);
  }

  it('lets a stack go whose bucket holds versions and whose zone holds a validation record', async () => {
    await create('going', resourcesWith('going-logs'));
    const zone = await zoneOf('going');
    await putTwoVersionsAndAMarker('going-logs');
    await addValidationRecord(zone);

    await remove('going');
    expect(await bucketNames()).to.not.include('going-logs');
    const gone = await route53.send(new GetHostedZoneCommand({ Id: zone })).then(
      () => undefined,
      (error: Error) => error.name,
    );
    expect(gone).to.equal('NoSuchHostedZone');
  });

  it('empties a bucket and a zone that are kept here to be looked into', async () => {
    const resources = resourcesWith('kept-logs');
    const Logs = { ...resources.Logs, DeletionPolicy: 'Retain' };
    const Zone = { ...resources.Zone, DeletionPolicy: 'Retain' };
    await create('kept', { ...resources, Logs, Zone });
    const zone = await zoneOf('kept');
    await putTwoVersionsAndAMarker('kept-logs');
    await addValidationRecord(zone);

    await remove('kept');
    expect(await versionsIn('kept-logs')).to.equal(0);
    const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }));
    expect(ResourceRecordSets.map((set) => set.Type)).to.have.members(['NS', 'SOA']);
  });

  it('keeps the contents of a bucket that stays when its custom resource leaves the template', async () => {
    const { Role, Emptier, Logs, EmptyLogs } = resourcesWith('staying-logs');
    await create('staying', { Role, Emptier, Logs, EmptyLogs });
    await putTwoVersionsAndAMarker('staying-logs');
    await update('staying', { Role, Emptier, Logs });
    expect(await versionsIn('staying-logs')).to.equal(3);

    await update('staying', { Role, Emptier, Logs, EmptyLogs });
    await remove('staying');
    expect(await bucketNames()).to.not.include('staying-logs');
  });
});
