import { expect } from 'chai';
import { serviceBudgets } from '../../templates/systems/fintech-global/budgets';
import { parameters } from '../../templates/systems/fintech-global/parameters';
import { costReportColumns } from '../../templates/modules/cost/cost-report-columns';
import { inOrder } from './in-order';
import { cellsOf } from './page-parts';
import { page } from './pages';

const runbook = (name: string): string => page(`docs/runbooks/fintech-global/${name}.md`).text;
const figures = (text = ''): readonly number[] => [...text.matchAll(/\d[\d,]*/g)].map(([number]) => Number(number.replaceAll(',', '')));

describe('The runbooks of costs', () => {
  it('FTG-73 cause a notice by a lower limit instead of more spending, see it, set the limit back and keep evidence', () => {
    const text = runbook('budget-alerts');
    inOrder(text, ['Spending more to see an alert would cost money', 'list-subscriptions-by-topic', 'MonthlyBudgetLimit: 1', 'meridian rollout fintech-global production', 'describe-notifications-for-budget', 'Drop the branch and roll out again', 'The limit must be what it was', '| Date | Limit lowered to | Mail at 80 % | Mail at 100 % |']);
    expect(text).to.contain('up to three times a day');
  });

  it('FTG-73 name the figures of the settings', () => {
    const [whole = [], services = []] = cellsOf(runbook('budget-alerts'), 'Budget');
    expect(figures(whole[1])).to.deep.equal([parameters.MonthlyBudgetLimit.Default]);
    expect(services[0]).to.equal('EKS, RDS, ElastiCache, DynamoDB, S3').and.to.equal(serviceBudgets.map(({ title }) => title).join(', '));
    expect((services[1] ?? '').split(', ').flatMap(figures)).to.deep.equal(serviceBudgets.map(({ monthlyUsd }) => monthlyUsd));
    const sum = serviceBudgets.reduce((all, { monthlyUsd }) => all + monthlyUsd, 0);
    expect(runbook('budget-alerts')).to.contain(`The five make ${sum.toLocaleString('en')}. The other ${parameters.MonthlyBudgetLimit.Default - sum} are`);
  });

  it('FTG-74 flip the parameter, see the first files, and ask by month', () => {
    const text = runbook('cost-export');
    inOrder(text, ['Write `CostExport: enabled`', 'costExportWaivers(', 'meridian check fintech-global production', 'meridian rollout fintech-global production', 'list-executions', 'start-query-execution', "Name `billing_period` in every query", '## Disable it', 'delete-export', 'list-object-versions', 'delete-objects', '`CostExport: disabled`', '--allow-replace CostReports --allow-replace CostResults']);
    const [asked = ''] = /SELECT .* LIMIT \d+/.exec(text) ?? [];
    const named = [...new Set([...text.matchAll(/\b(?:bill|line_item|pricing|product|reservation|savings_plan)_[a-z_]+|\bresource_tags\b/g)].map(([column]) => column))];
    expect(asked).to.contain('FROM cost_and_usage WHERE billing_period =');
    expect(named.filter((column) => column !== 'billing_period' && !(column in costReportColumns))).to.deep.equal([]);
  });

  it('FTG-53 says whom the policy against root users denies, and goes from one account to all', () => {
    const { text } = page('docs/root-user.md');
    inOrder(text, ['## What is denied, and what is not', '`aws:AssumedRoot`', 'the root user of the management account', '## Before', 'enable-policy-type', 'lookup-events', '## Enable it, from small to large', 'attached to nothing', 'one account', 'the root of the organisation', '## Take it away', 'detach-policy']);
    expect(text).to.contain('npx meridian rollout organization shared --target aws');
  });
});
