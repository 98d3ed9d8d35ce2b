import { expect } from 'chai';
import { readsOf } from '../../src/check/cfn-guard/reads';

describe('what a rule can see', () => {
  it('is the types that it names, and no others that its comments name', () => {
    expect(readsOf("# AWS::S3::Bucket as \"AWS::S3::Bucket\"\nlet queues = Resources.*[ Type in ['AWS::SQS::Queue', \"AWS::SNS::Topic\"] ]").types).to.deep.equal(['AWS::SNS::Topic', 'AWS::SQS::Queue']);
  });

  it('is the properties that it names', () => {
    expect(readsOf('%queues.Properties { KmsMasterKeyId exists }').properties).to.include('KmsMasterKeyId').and.not.to.include('QueueName');
  });

  for (const { text, any } of [
    { text: '%queues.Properties.* exists', any: true },
    { text: '%queues.Properties[ keys == /Id$/ ] exists', any: true },
    { text: '%queue.* exists', any: true },
    { text: '%queue[*] exists', any: true },
    { text: "Resources.*[ Type == 'AWS::SQS::Queue' ].* exists", any: true },
    { text: '%queues { this.* exists }', any: true },
    { text: '%queues.Properties { * exists }', any: true },
    { text: "Resources.*[ Type == 'AWS::SQS::Queue' ] exists", any: false },
    { text: 'Resources[ keys == %names ] exists', any: false },
    { text: '%queues.Properties.Tags[*].Key exists', any: false },
    { text: '%roles.Properties.Policies.* exists', any: false },
    { text: '%queues.Properties { QueueName == /a.*b/ or QueueName == "%a.*" << Fix: set this.* >> }', any: false },
  ]) {
    it(`is ${any ? 'any property' : 'named properties'} for ${text}`, () => expect(readsOf(text).properties === undefined).to.equal(any));
  }
});
