import { expect } from 'chai';
import { security } from '../../../../templates/systems/kasha/security';
import { mayDeliver } from '../../../../templates/modules/security/policy';
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

  it('is what Kasha’s load balancers have on its access-log bucket', () => {
    const { AccessLogsPolicy } = ofType(resolved(security, 'us-east-1', 'production', { DomainName: 'kasha.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' }), 'AWS::S3::BucketPolicy');
    const principals = AccessLogsPolicy?.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow').map(({ Principal }: { Principal: { Service: string } }) => Principal.Service);
    expect(principals).to.deep.equal(['logdelivery.elasticloadbalancing.amazonaws.com']);
  });
});
