import { expect } from 'chai';
import { Fn } from '../../../../src/cfn';
import { anomalyMonitor } from '../../../../templates/modules/cost/anomaly-monitor';
import { costTopic } from '../../../../templates/modules/cost/cost-topic';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

const always = (t: ReturnType<typeof builderOf>) => t.condition('Always', Fn.Equals('a', 'a'));

describe('The anomaly monitor module', () => {
  it('watches by service and mails by the day, unless told otherwise', () => {
    const t = builderOf();
    anomalyMonitor(t, { email: value('email'), when: always(t) });
    expect(properties(t, 'AnomalyMonitor')).to.deep.include({ MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE' });
    expect(properties(t, 'AnomalySubscription')).to.deep.include({ Frequency: 'DAILY', Subscribers: [{ Type: 'EMAIL', Address: { 'Fn::Sub': 'email' } }] });
  });

  it('tells a topic at once, after the policy by which it may, from the amount that is given', () => {
    const t = builderOf();
    const when = always(t);
    const topic = costTopic(t, 'Costs', { name: t.resourceName('costs'), keyArn: value('key'), email: value('email'), when });
    anomalyMonitor(t, { topic, dimension: 'LINKED_ACCOUNT', thresholdUsd: 100, when });
    expect(properties(t, 'AnomalyMonitor')).to.deep.include({ MonitorDimension: 'LINKED_ACCOUNT' });
    const subscription = emitted(t)['AnomalySubscription'];
    expect(subscription?.Properties).to.deep.include({ Frequency: 'IMMEDIATE', Subscribers: [{ Type: 'SNS', Address: { Ref: 'Costs' } }] });
    expect(subscription?.Properties['ThresholdExpression']).to.contain('"Values":["100"]');
    expect(subscription?.DependsOn).to.deep.equal(['CostsPolicy']);
  });
});
