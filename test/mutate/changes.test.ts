import { expect } from 'chai';
import { changesBetween, looksAt } from '../../src/mutate/changes';

const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', Tags: [{ Key: 'System', Value: 'shop' }] } };
const topic = { Type: 'AWS::SNS::Topic', Properties: {} };

describe('what a mistake changed', () => {
  it('is told by resource type, property and attribute', () => {
    const after = { Orders: { ...queue, DeletionPolicy: 'Delete', Properties: { QueueName: 'orders' } }, Alarms: topic };
    expect(changesBetween({ Orders: queue, Alarms: topic }, after)).to.deep.equal([{ logicalId: 'Orders', type: 'AWS::SQS::Queue', names: ['Tags', 'DeletionPolicy'] }]);
  });

  it('is all of a resource that is gone', () => {
    expect(changesBetween({ Orders: queue, Alarms: topic }, { Orders: queue })).to.deep.equal([{ logicalId: 'Alarms', type: 'AWS::SNS::Topic', names: undefined }]);
  });

  for (const { what, rule, asked } of [
    { what: 'that names type and property', rule: { types: ['AWS::SQS::Queue'], properties: new Set(['Tags']) }, asked: true },
    { what: 'that reaches properties by a wildcard', rule: { types: ['AWS::SQS::Queue'], properties: undefined }, asked: true },
    { what: 'that names another property', rule: { types: ['AWS::SQS::Queue'], properties: new Set(['QueueName']) }, asked: false },
    { what: 'that names another type', rule: { types: ['AWS::SNS::Topic'], properties: new Set(['Tags']) }, asked: false },
  ]) {
    it(`is ${asked ? 'seen' : 'not seen'} by a rule ${what}`, () => expect(looksAt(rule, [{ type: 'AWS::SQS::Queue', names: ['Tags'] }])).to.equal(asked));
  }
});
