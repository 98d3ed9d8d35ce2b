import { expect } from 'chai';
import { cardDataProtection } from '../../../../templates/modules/monitoring/card-data-protection';
import { logGroup } from '../../../../templates/modules/monitoring/log-group';
import { logLevelMetrics } from '../../../../templates/modules/monitoring/log-level-metrics';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

describe('The log level metrics module', () => {
  const t = builderOf();
  logLevelMetrics(t, 'Web', { logGroup: logGroup(t, 'Log', { name: t.resourceName('web'), retentionInDays: 7, keyArn: value('key') }), name: 'Web' });
  const terms = (id: string) => String(properties(t, id)['FilterPattern']).match(/[?-]"(?:[^"\\]|\\.)*"/g) ?? [];

  it('counts every event in exactly one of two metrics: what one takes the other leaves out', () => {
    const errors = terms('WebErrorEvents');
    expect(errors).to.not.be.empty;
    expect(errors.every((term) => term.startsWith('?'))).to.equal(true);
    expect(terms('WebGeneralEvents')).to.deep.equal(errors.map((term) => term.replace('?', '-')));
  });

  it('keeps the metrics of two copies of an environment apart', () => {
    expect(properties(t, 'WebErrorEvents')).to.have.nested.property('MetricTransformations[0].MetricNamespace.Fn::Sub').that.includes('${EnvironmentSuffix}');
  });
});

describe('The card data protection policy', () => {
  it('masks exactly what it audits, as CloudWatch Logs asks', () => {
    const [audit, mask] = cardDataProtection.Statement;
    expect(audit.DataIdentifier).to.deep.equal(mask.DataIdentifier);
    expect(audit.DataIdentifier).to.include('arn:aws:dataprotection::aws:data-identifier/CreditCardNumber');
    expect(mask.Operation).to.have.property('Deidentify');
  });
});
