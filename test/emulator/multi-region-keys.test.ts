import { expect } from 'chai';
import { LocalAwsControl } from '../../src/local-aws';
import { att, AWAY, output, Rehearsal, ref, type Template } from './rehearsal';

const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' }, Action: 'kms:*', Resource: '*' }] };
const key = (properties: object): Template => ({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy, ...properties } } }, Outputs: { Arn: output(att('Key', 'Arn')) } });
const replica = (PrimaryKeyArn: unknown): Template => ({
  Resources: {
    Copy: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn, KeyPolicy: policy, PendingWindowInDays: 30 } },
    CopyAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/data', TargetKeyId: ref('Copy') } },
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: att('Copy', 'Arn') } },
  },
  Outputs: { Arn: output(att('Copy', 'Arn')) },
});

describe('a multi-region key', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  afterEach(() => new LocalAwsControl(aws.local.endpoint).reset());
  after(() => aws.close());

  it('has a replica of the same id in another region, which encrypts there and goes with its stack, before the key', async () => {
    const primary = await aws.create(key({ MultiRegion: true }));
    const secondary = await aws.create(replica(primary.outputs['Arn']), { region: AWAY });
    expect(secondary.reasons).to.equal('');
    expect(secondary.outputs['Arn']).to.equal(primary.outputs['Arn']?.replace('us-east-1', AWAY));
    for (const [stack, options] of [[secondary, { region: AWAY }], [primary, {}]] as const) expect((await aws.remove(stack, options)).status).to.equal('DELETE_COMPLETE');
  });

  it('is the only kind that has one', async () => {
    const primary = await aws.create(key({}));
    const secondary = await aws.create(replica(primary.outputs['Arn']), { region: AWAY });
    expect(secondary.status).to.equal('ROLLBACK_COMPLETE');
  });
});
