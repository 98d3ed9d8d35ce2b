import { expect } from 'chai';
import { edgeAvailability, regionAvailability } from '../../../../templates/modules/monitoring/availability';
import { regionErrors, strandedUsers } from '../../../../templates/modules/monitoring/region-alarms';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

const metric = (name: string) => ({ namespace: 'AWS/CloudFront', name, dimensions: { DistributionId: 'E1', Region: 'Global' } });

describe('The availability module', () => {
  it('gives a region an objective and no alarm: while it waits, health checks are all that it counts', () => {
    const t = builderOf();
    regionAvailability(t, 'Availability', { goal: 99.9, loadBalancer: value('alb') });
    expect(Object.keys(emitted(t))).to.deep.equal(['Availability']);
    expect(properties(t, 'Availability')['Goal']).to.deep.include({ AttainmentGoal: 99.9 });
  });

  it('watches the error budget of the objective at the edge, by the objective’s own name', () => {
    const t = builderOf();
    edgeAvailability(t, 'Availability', { goal: 99.9, metrics: { requests: metric('Requests'), errors: metric('5xxErrorRate') }, topic: value('topic'), advice: 'Stop it' });
    const name = properties(t, 'Availability')['Name'];
    for (const id of ['Budget60', 'Budget360']) {
      expect(properties(t, id)['Dimensions']).to.deep.include({ Name: 'SloName', Value: name });
      expect(properties(t, id)['AlarmDescription']).to.match(/error budget went\. Stop it$/);
    }
  });
});

describe('The region alarms module', () => {
  it('says which service has no healthy task, and what to do', () => {
    const t = builderOf();
    strandedUsers(t, 'Stranded', { loadBalancer: value('alb'), targetGroup: value('targets'), service: 'shop', advice: 'Look at DNS', topic: value('topic') });
    expect(properties(t, 'Stranded')).to.include({ EvaluationPeriods: 10 }).and.to.have.property('AlarmDescription').that.matches(/^Users have been sent for 10 minutes to this region, where no shop task is healthy.*Look at DNS$/);
  });

  it('names the page that says what to do after users have left', () => {
    const t = builderOf();
    regionErrors(t, 'Errors', { loadBalancer: value('alb'), failoverRunbook: 'docs/runbooks/shop/failover.md', topic: value('topic') });
    expect(properties(t, 'Errors')).to.include({ MetricName: 'HTTPCode_ELB_5XX_Count' }).and.to.have.property('AlarmDescription').that.contains('docs/runbooks/shop/failover.md');
  });
});
