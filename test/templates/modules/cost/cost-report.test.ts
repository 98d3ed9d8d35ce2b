import { expect } from 'chai';
import { Fn, TemplateBuilder } from '../../../../src/cfn';
import { costExport } from '../../../../templates/modules/cost/cost-export';
import { costReportColumns } from '../../../../templates/modules/cost/cost-report-columns';
import { context } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

/** The resources of an export that is kept or not. */
function exportOf(retained: boolean) {
  const t = new TemplateBuilder('test', { description: 'test', parameters: { Project: { Type: 'String' } } }, context);
  costExport(t, { project: t.param('Project'), keyArn: value('key'), accessLogBucket: value('logs'), retained, logRetentionInDays: 14, when: t.condition('On', Fn.Equals('a', 'a')) });
  return t;
}

describe('The cost export module', () => {
  it('asks for each column once, in the table’s order', () => {
    const { QueryStatement } = (properties(exportOf(true), 'CostReport') as { readonly Export: { readonly DataQuery: { readonly QueryStatement: string } } }).Export.DataQuery;
    const columns = QueryStatement.replace(/^SELECT /, '').replace(/ FROM COST_AND_USAGE_REPORT$/, '').split(', ');
    expect(columns).to.deep.equal(Object.keys(costReportColumns)).and.to.deep.equal([...new Set(columns)].sort());
  });

  it('empties its buckets after the last report is written, where they are not kept', () => {
    expect(Object.keys(emitted(exportOf(true)))).not.to.include('CostReportsEmptied');
    const { CostReport } = emitted(exportOf(false));
    expect(CostReport?.DependsOn).to.include.members(['CostReportsEmptied', 'CostReportsPolicy']);
  });

  it('stands under one condition as a whole', () => {
    for (const [id, resource] of Object.entries(emitted(exportOf(false)))) expect(resource, id).to.have.property('Condition', 'On');
  });
});
