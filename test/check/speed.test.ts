import { expect } from 'chai';
import { cleanQueues, nestedStack, Shop } from './shop';

/** Root, queues and a topic, of which a case changes one property. */
function templates(delay = 0): Record<string, Record<string, object>> {
  const orders = cleanQueues()['Orders'] as { Properties: object };
  const slow = { ...orders, Properties: { ...orders.Properties, DelaySeconds: delay } };
  return { platform: { root: { Resources: { Data: nestedStack('data') } }, data: { Resources: { ...cleanQueues(), Slow: slow } }, dns: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } } };
}

describe('check, a second time', function () {
  this.timeout(60_000);
  let shop: Shop;
  beforeEach(() => (shop = new Shop()));
  afterEach(() => shop.remove());

  it('starts no process and finds the same when nothing changed', async () => {
    const first = await shop.build(templates()).check();
    const second = await shop.build(templates()).check();
    expect(first.commands).not.to.be.empty;
    expect(second.commands).to.deep.equal([]);
    expect(second.findings).to.deep.equal(first.findings);
    expect(second.rules).to.deep.equal(first.rules);
  });

  it('lints the changed template and those that nest it, and asks only rules that look at its types', async () => {
    await shop.build(templates()).check();
    const { commands } = await shop.build(templates(5)).check();
    const linted = commands.filter((line) => line.includes('cfn-lint')).join(' ');
    expect(linted).to.contain('data.json').and.to.contain('root.json').and.not.to.contain('dns.json');
    const judged = commands.filter((line) => line.includes('cfn-guard validate')).join(' ');
    expect(judged).to.contain('sqs_source_queue_gives_up.guard').and.not.to.contain('rds_final_snapshot').and.not.to.contain('ct-sns');
  });

  it('comes to the same as without a cache', async () => {
    await shop.build(templates()).check({ steps: ['cfn-guard'] });
    const cached = await shop.build(templates(5)).check({ steps: ['cfn-guard'] });
    const fresh = await shop.check({ steps: ['cfn-guard'], useCache: false });
    expect(fresh.commands.length).to.be.greaterThan(cached.commands.length);
    expect(cached.rules).to.deep.equal(fresh.rules);
    expect(cached.findings).to.deep.equal(fresh.findings);
  });

  it('checks again after a change of the configuration', async () => {
    await shop.build(templates()).check({ steps: ['cfn-lint'] });
    shop.configureLint('ignore_checks: [W3002, I3011]\ninclude_checks: [I]\n');
    const { commands } = await shop.check({ steps: ['cfn-lint'] });
    expect(commands).not.to.be.empty;
  });
});
