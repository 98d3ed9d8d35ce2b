import { expect } from 'chai';
import { security } from '../../../../templates/systems/kasha/security';
import { logDeliveryMayWrite, mayDeliver } from '../../../../templates/modules/security/policy';
import { Fn } from '../../../../src/cfn';
import { ofType, resolved } from '../../kasha/built';

describe('Delivery of access logs', () => {
  it('lets the service put objects into the bucket, for this account only, and nothing else', () => {
    expect(JSON.parse(JSON.stringify(mayDeliver('Arrive', 'logging.s3.amazonaws.com', Fn.GetAtt('Logs', 'Arn'))))).to.deep.equal({
      Sid: 'Arrive',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: [{ 'Fn::Sub': ['${Arn}/*', { Arn: { 'Fn::GetAtt': ['Logs', 'Arn'] } }] }],
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
  });

  it('lets the delivery service of CloudWatch Logs look whose the bucket is before it puts objects there, for logs of this region and account only', () => {
    const [look, write, ...others] = JSON.parse(JSON.stringify(logDeliveryMayWrite('Balancers', Fn.GetAtt('Logs', 'Arn')))) as readonly Readonly<Record<string, any>>[];
    expect(others).to.deep.equal([]);
    const ArnLike = { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*' } };
    const account = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };
    expect(look).to.deep.include({ Sid: 'BalancersMayLook', Action: ['s3:GetBucketAcl'], Resource: [{ 'Fn::GetAtt': ['Logs', 'Arn'] }], Condition: { StringEquals: account, ArnLike } });
    expect(write).to.deep.include({ Sid: 'BalancersMayWrite', Action: ['s3:PutObject'], Condition: { StringEquals: { ...account, 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike } });
    for (const statement of [look, write]) expect(statement?.['Principal']).to.deep.equal({ Service: 'delivery.logs.amazonaws.com' });
  });

  it('is what Kasha’s load balancers have on its access-log bucket', () => {
    const { AccessLogsPolicy } = ofType(resolved(security, 'us-east-1', 'production', { DomainName: 'kasha.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' }), 'AWS::S3::BucketPolicy');
    const principals = AccessLogsPolicy?.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow').map(({ Principal }: { Principal: { Service: string } }) => Principal.Service);
    expect(principals).to.deep.equal(['logdelivery.elasticloadbalancing.amazonaws.com']);
  });
});
