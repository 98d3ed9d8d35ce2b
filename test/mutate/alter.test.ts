import { expect } from 'chai';
import { alteredTemplate } from '../../src/mutate/alter';
import type { JsonObject } from '../../src/mutate/json';

const removed = { place: '', change: '', resource: undefined };
const template: JsonObject = {
  Outputs: { TopicArn: { Value: { Ref: 'Topic' } } },
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic' },
    Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }] } },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', DependsOn: ['Policy', 'Queue'], Properties: { AlarmDescription: { 'Fn::Sub': 'Watches ${Queue.QueueName}' } } },
    Queue: { Type: 'AWS::SQS::Queue', DependsOn: 'Policy' },
  },
};

describe('an altered template', () => {
  it('lacks a removed resource, also where others waited for it', () => {
    const altered = alteredTemplate(template, 'Policy', removed);
    expect(altered?.Resources).to.have.all.keys('Topic', 'Alarm', 'Queue');
    expect(altered?.Resources).to.have.nested.property('Alarm.DependsOn').that.deep.equals(['Queue']);
    expect(altered?.Resources).to.not.have.nested.property('Queue.DependsOn');
    expect(template.Resources).to.have.property('Policy');
  });

  for (const [logicalId, how] of [['Topic', 'an output and a Ref'], ['Queue', 'the text of an Fn::Sub']] as const) {
    it(`is not made by removing what ${how} leads to`, () => expect(alteredTemplate(template, logicalId, removed)).to.equal(undefined));
  }

  it('has the parameters that the mistake adds beside its own', () => {
    const altered = alteredTemplate({ ...template, Parameters: { Name: { Type: 'String' } } }, 'Queue', { ...removed, resource: { Type: 'AWS::SQS::Queue' }, parameters: { Seeded: { Type: 'String' } } });
    expect(altered?.Parameters).to.have.all.keys('Name', 'Seeded');
  });
});
