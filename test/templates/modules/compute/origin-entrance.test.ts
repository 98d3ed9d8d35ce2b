import { expect } from 'chai';
import { MeridianError } from '../../../../src/errors';
import { originEntrance, type OriginEntranceSettings } from '../../../../templates/modules/compute/origin-entrance';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { value } from './behind-load-balancer';

/** An entrance to two services, with these options. */
function entrance(options: Partial<OriginEntranceSettings<'Shop' | 'Orders'>> = {}) {
  const t = builderOf();
  const made = originEntrance(t, {
    vpcId: value('vpc'),
    subnetIds: value('subnets'),
    securityGroupIds: [value('group')],
    certificateArn: value('certificate'),
    accessLogBucketName: value('logs'),
    targets: { Shop: { port: 8080, healthPath: '/' }, Orders: { port: 8081, healthPath: '/' } },
    healthPath: '/health/deep',
    healthTarget: 'Orders',
    headerValues: ['now', 'next'],
    routes: [{ id: 'OrdersRule', priority: 20, paths: ['/orders/*'], to: 'Orders' }, { id: 'ShopRule', priority: 30, to: 'Shop' }],
    deletionProtection: true,
    ...options,
  });
  return { t, made };
}

describe('The origin entrance module', () => {
  it('asks every request but the health checkers’ for the header', () => {
    const { t, made } = entrance();
    expect(properties(t, 'HealthRule')).to.deep.include({ Priority: 10, Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/health/deep'] } }] });
    const header = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-origin-verify', Values: ['now', 'next'] } };
    expect(properties(t, 'OrdersRule')['Conditions']).to.deep.equal([{ Field: 'path-pattern', PathPatternConfig: { Values: ['/orders/*'] } }, header]);
    expect(properties(t, 'ShopRule')['Conditions']).to.deep.equal([header]);
    expect(made.headerRules.map(({ logicalId }) => logicalId)).to.deep.equal(['OrdersRule', 'ShopRule']);
  });

  it('sends each route to its own target group', () => {
    const { t } = entrance();
    for (const [rule, targets] of [['HealthRule', 'OrdersTargets'], ['OrdersRule', 'OrdersTargets'], ['ShopRule', 'ShopTargets']] as const) {
      expect(properties(t, rule)['Actions']).to.deep.equal([{ Type: 'forward', TargetGroupArn: { Ref: targets } }]);
    }
  });

  it('answers on port 80 only when asked to', () => {
    expect(emitted(entrance().t)).not.to.have.property('RedirectListener');
    expect(properties(entrance({ redirect: true }).t, 'RedirectListener')).to.include({ Port: 80, Protocol: 'HTTP' });
  });

  it('refuses a route with more paths than a rule has room for beside the header values', () => {
    const routes = [{ id: 'OrdersRule', priority: 20, paths: ['/a', '/b', '/c', '/d'], to: 'Orders' }] as const;
    expect(() => entrance({ routes })).to.throw(MeridianError, 'Listener rule OrdersRule has 6 condition values: a rule has 1 to 5, paths and header values together. Split its paths among several rules.');
  });

  it('refuses a rule that would take every request', () => {
    expect(() => entrance({ routes: [{ id: 'OpenRule', priority: 20, to: 'Shop' }], headerValues: [] })).to.throw(MeridianError, /has 0 condition values/);
  });
});
