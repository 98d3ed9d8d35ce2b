import { expect } from 'chai';
import { internalEntrance, type InternalEntranceSettings } from '../../../../templates/modules/compute/internal-entrance';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { value } from './behind-load-balancer';

/** An entrance for orders, with these options. */
function entrance(options: Partial<InternalEntranceSettings> = {}) {
  const t = builderOf();
  const made = internalEntrance(t, 'Orders', {
    vpcId: value('vpc'),
    subnetIds: value('subnets'),
    securityGroupIds: [value('group')],
    certificateArn: value('certificate'),
    accessLogBucketName: value('logs'),
    name: 'orders-alb',
    port: 8443,
    target: { port: 8080, healthPath: '/' },
    deletionProtection: true,
    ...options,
  });
  return { t, made };
}

describe('The internal entrance module', () => {
  it('has no address on the internet and ends TLS on its port', () => {
    const { t } = entrance();
    expect(properties(t, 'OrdersLoadBalancer')).to.include({ Scheme: 'internal' });
    expect(properties(t, 'OrdersListener')).to.include({ Protocol: 'HTTPS', Port: 8443 });
  });

  it('sends everything to its tasks, which may join as soon as the listener stands', () => {
    const { t, made } = entrance();
    expect(properties(t, 'OrdersListener')['DefaultActions']).to.deep.equal([{ Type: 'forward', TargetGroupArn: { Ref: 'OrdersTargets' } }]);
    expect(emitted(t)).not.to.have.property('OrdersRule');
    expect(made.ready.map(({ logicalId }) => logicalId)).to.deep.equal(['OrdersListener']);
  });

  it('answers 403 to all but the paths that it is told', () => {
    const { t, made } = entrance({ paths: ['/orders/*'] });
    expect(properties(t, 'OrdersListener')).to.have.nested.property('DefaultActions[0].FixedResponseConfig.StatusCode', '403');
    expect(properties(t, 'OrdersRule')).to.deep.include({ Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/orders/*'] } }], Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'OrdersTargets' } }] });
    expect(properties(t, 'OrdersRule')).not.to.have.property('Transforms');
    expect(made.ready.map(({ logicalId }) => logicalId)).to.deep.equal(['OrdersRule']);
  });

  it('asks its tasks for another path when told to', () => {
    const { t } = entrance({ paths: ['/live/orders/*'], rewrite: { pattern: '^/live(/orders/.*)$', replacement: '$1' } });
    expect(properties(t, 'OrdersRule')['Transforms']).to.deep.equal([{ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: '^/live(/orders/.*)$', Replace: '$1' }] } }]);
  });
});
