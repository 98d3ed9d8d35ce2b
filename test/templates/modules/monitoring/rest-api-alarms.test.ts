import { expect } from 'chai';
import { restApiAlarms, type RestApiAlarmsSettings } from '../../../../templates/modules/monitoring/rest-api-alarms';
import { restApiGraphs } from '../../../../templates/modules/monitoring/rest-api-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

describe('The REST API alarms module', () => {
  const made = (settings: Partial<RestApiAlarmsSettings> = {}) => {
    const t = builderOf();
    restApiAlarms(t, 'Api', { topic: value('topic'), api: value('shop'), stage: value('live'), answersWithin: 2, ...settings });
    return t;
  };

  it('takes the share of calls that fail, in parts of one, from percent', () => {
    expect(properties(made(), 'ApiErrors')).to.include({ MetricName: '5XXError', Statistic: 'Average', Threshold: 0.01 });
    expect(properties(made({ mostErrors: 5 }), 'ApiErrors')).to.include({ Threshold: 0.05 }).and.to.have.property('AlarmDescription').that.contains('More than 5 %');
  });

  it('takes seconds for the milliseconds that API Gateway publishes', () => {
    expect(properties(made({ answersWithin: 1.5 }), 'ApiLatency')).to.include({ MetricName: 'Latency', ExtendedStatistic: 'p99', Threshold: 1500 }).and.to.have.property('AlarmDescription').that.contains('1.5 s');
  });

  it('learns how many refusals are usual: some clients always use up their quota', () => {
    expect(Object.keys(emitted(made()))).to.deep.equal(['ApiErrors', 'ApiRefusals', 'ApiLatency']);
    expect(properties(made(), 'ApiRefusals')).to.include({ ComparisonOperator: 'GreaterThanUpperThreshold' });
  });

  it('names API and stage in every graph: API Gateway knows metrics by name', () => {
    const graphs = restApiGraphs({ region: 'us-east-1', place: 'here', api: 'shop', stage: 'live' });
    expect(graphs.flatMap(({ metrics }) => metrics.map(({ name }) => name))).to.deep.equal(['Count', '4XXError', '5XXError', 'Latency', 'IntegrationLatency']);
    for (const { dimensions } of graphs.flatMap(({ metrics }) => metrics)) expect(dimensions).to.deep.equal({ ApiName: 'shop', Stage: 'live' });
  });
});
