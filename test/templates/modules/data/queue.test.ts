import { expect } from 'chai';
import { stringToken, Fn } from '../../../../src/cfn';
import { queue } from '../../../../templates/modules/data/queue';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

function template(retained: boolean): ReturnType<typeof builderOf> {
  const t = builderOf();
  queue(t, 'Orders', { name: t.resourceName('orders'), deadLetterName: t.resourceName('orders-dlq'), key: stringToken(Fn.Ref('KeyArn')), retained });
  return t;
}

describe('A queue', () => {
  const t = template(true);

  it('gives a message up after three receives and keeps it for fourteen days', () => {
    expect(properties(t, 'Orders')['RedrivePolicy']).to.deep.equal({ deadLetterTargetArn: { 'Fn::GetAtt': ['OrdersDeadLetters', 'Arn'] }, maxReceiveCount: 3 });
    expect(properties(t, 'OrdersDeadLetters')['MessageRetentionPeriod']).to.equal(14 * 24 * 60 * 60);
  });

  it('leaves a dead letter most of its fourteen days, which count from when it was sent', () => {
    expect(properties(t, 'Orders')['MessageRetentionPeriod']).to.equal(4 * 24 * 60 * 60);
  });

  it('lets only its own source fill a dead-letter queue, named so that the two do not wait for each other', () => {
    expect(properties(t, 'OrdersDeadLetters')['RedriveAllowPolicy']).to.deep.equal({
      redrivePermission: 'byQueue',
      sourceQueueArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:kasha-orders-prod-${EnvironmentSuffix}' }],
    });
  });

  for (const id of ['Orders', 'OrdersDeadLetters']) {
    it(`encrypts ${id} under the given key and refuses plain HTTP`, () => {
      expect(properties(t, id)['KmsMasterKeyId']).to.deep.equal({ Ref: 'KeyArn' });
      const { Queues, PolicyDocument } = properties(t, `${id}Policy`) as { Queues: unknown; PolicyDocument: { Statement: unknown } };
      expect(Queues).to.deep.equal([{ Ref: id }]);
      expect(PolicyDocument.Statement).to.deep.equal([
        { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['sqs:*'], Resource: [{ 'Fn::GetAtt': [id, 'Arn'] }], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    });
  }

  it('is kept with its messages where data is protected, and goes elsewhere', () => {
    for (const [made, policy] of [[t, 'RetainExceptOnCreate'], [template(false), 'Delete']] as const) {
      for (const id of ['Orders', 'OrdersDeadLetters']) expect(emitted(made)[id]).to.include({ DeletionPolicy: policy });
    }
  });
});
