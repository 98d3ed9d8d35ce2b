import { expect } from 'chai';
import { alarm, mathAlarm, type AlarmSettings } from '../../../../templates/modules/monitoring/alarm';
import { serviceAlarms, type ServiceAlarmsSettings } from '../../../../templates/modules/monitoring/service-alarms';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

const metric = { namespace: 'AWS/ApplicationELB', name: 'TargetResponseTime', dimensions: { LoadBalancer: 'app/alb/1' } };
const some = { name: 'slow', description: 'Slow', metric, comparison: 'GreaterThanThreshold', threshold: 2, topic: value('topic') } as const satisfies Omit<AlarmSettings, 'statistic'>;

describe('The alarm module', () => {
  it('watches a statistic of the metric', () => {
    const t = builderOf();
    alarm(t, 'Slow', { ...some, statistic: 'Maximum' });
    expect(properties(t, 'Slow')).to.include({ Statistic: 'Maximum' }).and.not.to.have.any.keys('ExtendedStatistic', 'EvaluateLowSampleCountPercentile');
  });

  it('watches a percentile, and stays as it is while too few values come to tell', () => {
    const t = builderOf();
    alarm(t, 'Slow', { ...some, statistic: 'p99' });
    expect(properties(t, 'Slow')).to.include({ ExtendedStatistic: 'p99', EvaluateLowSampleCountPercentile: 'ignore' }).and.not.to.have.property('Statistic');
  });

  it('calculates one number from several metrics, and shows none of them itself', () => {
    const t = builderOf();
    mathAlarm(t, 'Share', { ...some, metrics: { slow: { metric, statistic: 'Sum' }, all: { metric, statistic: 'Maximum' } }, expression: 'slow / all' });
    const { Metrics, ...others } = properties(t, 'Share');
    expect((Metrics as readonly { Id: string; ReturnData: boolean }[]).map(({ Id, ReturnData }) => [Id, ReturnData])).to.deep.equal([['slow', false], ['all', false], ['result', true]]);
    expect(others).to.include({ ComparisonOperator: 'GreaterThanThreshold', Threshold: 2, TreatMissingData: 'notBreaching' }).and.not.to.have.any.keys('MetricName', 'Period', 'Statistic');
  });
});

describe('The service alarms module', () => {
  const service = { topic: value('topic'), cluster: value('cluster'), service: value('web'), loadBalancer: value('alb'), targetGroup: value('targets'), scalesAt: { cpu: 70 } } satisfies ServiceAlarmsSettings;
  const made = (settings: Partial<ServiceAlarmsSettings> = {}) => {
    const t = builderOf();
    serviceAlarms(t, 'Web', { ...service, ...settings });
    return emitted(t);
  };
  const dimensions = (id: string, of: ReturnType<typeof made>): unknown => (of[id]?.Properties['Dimensions'] as readonly { Name: string }[]).map(({ Name }) => Name);

  it('takes the errors of a load balancer that the service has to itself for its own', () => {
    const alarms = made();
    expect(Object.keys(alarms)).to.deep.equal(['WebCpu', 'WebMemory', 'WebLoadBalancerErrors', 'WebErrors', 'WebUnhealthy']);
    expect(dimensions('WebErrors', alarms)).to.deep.equal(['LoadBalancer']);
  });

  it('counts only its own targets’ errors where it shares the load balancer', () => {
    const alarms = made({ sharesLoadBalancer: true });
    expect(alarms).not.to.have.property('WebLoadBalancerErrors');
    expect(dimensions('WebErrors', alarms)).to.deep.equal(['LoadBalancer', 'TargetGroup']);
  });

  it('adds latency and task count, and leaves errors out, where it is asked to', () => {
    expect(Object.keys(made({ answersWithin: 2, countsTasks: true, countsErrors: false }))).to.include.members(['WebLatency', 'WebTasks']).and.not.to.include('WebErrors');
  });

  it('ends a description with what to do', () => {
    expect(made({ advice: { cpu: 'Add tasks' } })['WebCpu']?.Properties['AlarmDescription']).to.match(/most tasks\. Add tasks$/);
  });

  it('says what high memory means of a service that does not scale on it', () => {
    expect(made()['WebMemory']?.Properties['AlarmDescription']).to.contain('it may leak');
    expect(made({ scalesAt: { cpu: 70, memory: 80 } })['WebMemory']?.Properties['AlarmDescription']).to.contain('scales at 80 %');
  });
});
