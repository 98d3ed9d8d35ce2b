import { expect } from 'chai';
import { serviceLevelObjective, type Outcome } from '../../../../templates/modules/monitoring/service-level-objective';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';

const of = (name: string) => ({ namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: 'app/alb/1' } });

interface Query {
  readonly Id: string;
  readonly ReturnData: boolean;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Stat: string };
}

/** What the objective monitors for an outcome: each query's id, and its statistic or expression. */
function monitored(outcome: Outcome): Readonly<Record<string, readonly (readonly [string, string | undefined])[]>> {
  const t = builderOf();
  serviceLevelObjective(t, 'Objective', { name: 'objective', description: 'Test', goal: 99.9, total: of('RequestCount'), ...outcome });
  const { RequestBasedSliMetric } = properties(t, 'Objective')['RequestBasedSli'] as { RequestBasedSliMetric: { MonitoredRequestCountMetric: Readonly<Record<string, readonly Query[]>> } };
  const queries = RequestBasedSliMetric.MonitoredRequestCountMetric;
  for (const list of Object.values(queries)) expect(list.filter(({ ReturnData }) => ReturnData)).to.have.length(1);
  return Object.fromEntries(Object.entries(queries).map(([kind, list]) => [kind, list.map(({ Id, Expression, MetricStat }) => [Id, Expression ?? MetricStat?.Stat] as const)]));
}

describe('The service level objective module', () => {
  it('adds up several kinds of bad requests, and takes a minute without one for none', () => {
    expect(monitored({ bad: [of('HTTPCode_ELB_5XX_Count'), of('HTTPCode_Target_5XX_Count')] })).to.deep.equal({
      BadCountMetric: [['bad1', 'Sum'], ['bad2', 'Sum'], ['bad', 'FILL(bad1, 0) + FILL(bad2, 0)']],
    });
  });

  it('counts the good ones by how many values are small enough', () => {
    expect(monitored({ good: { ...of('TargetResponseTime'), statistic: 'TC(:2)' } })).to.deep.equal({ GoodCountMetric: [['good', 'TC(:2)']] });
  });

  it('makes a number of a percentage', () => {
    expect(monitored({ badPercent: of('5xxErrorRate') })).to.deep.equal({ BadCountMetric: [['requests', 'Sum'], ['percent', 'Average'], ['bad', 'requests * percent / 100']] });
  });
});
