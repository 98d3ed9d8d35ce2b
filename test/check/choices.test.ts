import { expect } from 'chai';
import { choicesOf } from '../../src/check/choices';
import type { Template } from '../../src/resolve';
import { cleanQueues, nestedStack, Shop, type Deployments } from './shop';

const parameter = (...AllowedValues: readonly unknown[]) => ({ Type: 'String', AllowedValues, Default: AllowedValues[0] });
const root = (Parameters: Template['Parameters']): Template => ({ Resources: {}, Parameters });

describe('choices that templates leave', () => {
  it('are none where no parameter has several allowed values', () => {
    expect(choicesOf([], {})).to.deep.equal([]);
    expect(choicesOf([root({ Name: { Type: 'String' }, Kind: parameter('only') })], { Name: 'shop' })).to.deep.equal([]);
  });

  it('have every allowed value in one of them, and the other values as they are given', () => {
    const roots = [root({ Size: parameter('small', 'medium', 'large'), Name: { Type: 'String' } }), root({ Extra: parameter('no', 'yes') })];
    expect(choicesOf(roots, { Name: 'shop', Size: 'medium' })).to.deep.equal([
      { title: 'Extra=yes, Size=large', parameters: { Name: 'shop', Extra: 'yes', Size: 'large' } },
      { title: 'Extra=no, Size=small', parameters: { Name: 'shop', Extra: 'no', Size: 'small' } },
    ]);
  });

  it('begin with the first value of a parameter without default, and know numbers from a parameters file that has them as text', () => {
    const roots = [root({ Given: { Type: 'String', AllowedValues: ['a', 'b'] }, Count: { Type: 'Number', AllowedValues: [1, 2], Default: 1 } })];
    expect(choicesOf(roots, { Count: '2' }).map(({ title }) => title)).to.deep.equal(['Count=1, Given=a']);
  });
});

/** A queue that is there when the root is told so, which lacks what queues need. */
function withExtraQueue(queue: object, otherwise: object = {}): Deployments {
  const decided = { Extra: { Ref: 'Extra' } };
  return {
    platform: {
      root: { Parameters: { Extra: parameter('no', 'yes') }, Resources: { Data: nestedStack('data', decided) } },
      data: { Parameters: { Extra: { Type: 'String' } }, Conditions: { HasExtra: { 'Fn::Equals': [{ Ref: 'Extra' }, 'yes'] } }, Resources: { ...cleanQueues(), ...otherwise, Queue: { ...cleanQueues()['Orders'], ...queue, Condition: 'HasExtra' } }, Outputs: {} },
    },
  };
}

const plain = { Properties: { SqsManagedSseEnabled: true } };
const rule = 'sqs_source_queue_gives_up';

describe('check of what is switched off', function () {
  this.timeout(60_000);
  let shop: Shop;
  beforeEach(() => (shop = new Shop()));
  afterEach(() => shop.remove());
  const found = async (deployments: Deployments, wanted: string) => (await shop.build(deployments).check({ steps: ['cfn-guard'] })).findings.filter((finding) => finding.rule === wanted);

  it('finds nothing where that is clean', async () => {
    expect(await found(withExtraQueue({}), rule)).to.deep.equal([]);
  });

  it('judges it too, and says with which values it is there', async () => {
    const [finding] = await found(withExtraQueue(plain), rule);
    expect(finding?.now).to.equal('RedrivePolicy.deadLetterTargetArn: (absent) with Extra=yes');
    expect(finding?.where).to.deep.include({ environment: 'production', template: 'data', logicalId: 'Queue', regions: ['ap-southeast-1', 'us-east-1'] });
    expect(finding).not.to.have.property('choice');
  });

  it('says once, and without values, what is so with any', async () => {
    const findings = await found(withExtraQueue({}, { Plain: { ...cleanQueues()['Orders'], ...plain } }), rule);
    expect(findings.map(({ now, where }) => `${where.logicalId} ${now}`)).to.deep.equal(['Plain RedrivePolicy.deadLetterTargetArn: (absent)', 'Plain RedrivePolicy.maxReceiveCount: (absent)']);
  });

  it('finds templates that fit together only as long as it is off', async () => {
    const [finding] = await found(withExtraQueue({ Properties: { QueueName: { 'Fn::Select': [5, ['a']] } } }), 'unresolved');
    expect(finding?.now).to.contain('with Extra=yes');
  });
});
