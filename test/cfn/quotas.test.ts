import { expect } from 'chai';
import { MeridianError } from '../../src/errors';
import { checkQuotas, templateQuotas } from '../../src/cfn/quotas';

const many = (count: number, value: unknown): Record<string, never> => Object.fromEntries(Array.from({ length: count }, (_, i) => [`N${i}`, value])) as Record<string, never>;
const topic = { Type: 'AWS::SNS::Topic' };

describe('Quotas', () => {
  const cases = [
    { quota: 'resources', template: (n: number) => ({ Resources: many(n, topic) }) },
    { quota: 'parameters', template: (n: number) => ({ Parameters: many(n, { Type: 'String' }) }) },
    { quota: 'outputs', template: (n: number) => ({ Outputs: many(n, { Value: 'x' }) }) },
    { quota: 'mappings', template: (n: number) => ({ Mappings: many(n, { a: { b: 'c' } }) }) },
    { quota: 'conditions', template: (n: number) => ({ Conditions: many(n, {}) }) },
    { quota: 'dynamicReferences', template: (n: number) => ({ Description: '{{resolve:ssm:x}}'.repeat(n) }) },
  ] as const;
  for (const { quota, template } of cases) {
    const limit = templateQuotas[quota];
    it(`let ${limit} ${quota} pass and fail the build at ${limit + 1}, with the number and the limit`, () => {
      expect(checkQuotas('x', template(limit))[quota]).to.equal(limit);
      expect(() => checkQuotas('x', template(limit + 1))).to.throw(MeridianError, new RegExp(`has ${limit + 1} ${quota}, CloudFormation takes ${limit}`));
    });
  }

  it('count bytes and not characters', () => {
    const text = (count: number) => ({ Description: 'é'.repeat(count) });
    expect(checkQuotas('x', text(1000)).bytes).to.be.greaterThan(2000);
    expect(() => checkQuotas('x', text(500_001))).to.throw(MeridianError, /takes 1000000/);
  });
});
