import { expect } from 'chai';
import fc from 'fast-check';
import { MeridianError } from '../../src/errors';
import { Name, resourceName } from '../../src/cfn/names';
import { LoadBalancer } from '../../src/cfn/generated/elasticloadbalancingv2';
import { Policy } from './unnamed';
import { builderOf, context } from './builder';

describe('A resource name', () => {
  const cases = [
    { scope: 'region', text: 'kasha-alb-prod-${EnvironmentSuffix}', worst: 'kasha-alb-prod-xxxxxx' },
    { scope: 'account', text: 'kasha-alb-prod-${EnvironmentSuffix}-${AWS::Region}', worst: 'kasha-alb-prod-xxxxxx-ap-southeast-1' },
    { scope: 'world', text: 'kasha-alb-prod-${EnvironmentSuffix}-${AWS::AccountId}-${AWS::Region}', worst: 'kasha-alb-prod-xxxxxx-000000000000-ap-southeast-1' },
  ] as const;
  for (const { scope, text, worst } of cases) {
    it(`that is unique in its ${scope} is ${text}`, () => {
      const name = resourceName(context, 'alb', scope);
      expect(name.toJSON()).to.deep.equal({ 'Fn::Sub': text });
      expect(name.worstCase).to.equal(worst);
    });
  }

  it('is never shorter at its worst than any real one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z-]{0,30}$/), fc.stringMatching(/^[a-z0-9]{1,6}$/), fc.constantFrom('us-east-1', 'ap-southeast-1'), (resource, suffix, region) => {
        const { text, worstCase } = resourceName(context, resource, 'world');
        const real = text.replace('${EnvironmentSuffix}', suffix).replace('${AWS::AccountId}', '123456789012').replace('${AWS::Region}', region);
        return real.length <= worstCase.length;
      }),
    );
  });

  it('of exactly 32 characters at its worst is fine for a load balancer, one more fails the build with the number and the limit', () => {
    const t = builderOf();
    const fixed = 'kasha--prod-xxxxxx'.length;
    expect(() => t.add('Fits', new LoadBalancer({ Name: t.resourceName('a'.repeat(32 - fixed)) }))).not.to.throw();
    expect(() => t.add('Long', new LoadBalancer({ Name: t.resourceName('a'.repeat(33 - fixed)) }))).to.throw(MeridianError, /Long\.Name.*can have 33 characters, AWS::ElasticLoadBalancingV2::LoadBalancer takes 32/);
  });

  it('of which nothing waits for deployment is written as it is', () => {
    expect(JSON.stringify([new Name('data-key', 'data-key').after('alias/'), new Name('data-${EnvironmentSuffix}', 'data-main')])).to.equal('["alias/data-key",{"Fn::Sub":"data-${EnvironmentSuffix}"}]');
  });

  it('in a property whose limit nobody wrote down fails the build', () => {
    const t = builderOf();
    expect(() => t.add('Unnamed', new Policy(t.resourceName('x')))).to.throw(MeridianError, /Name limit of AWS::Test::Policy\.Title unknown/);
  });
});
