import { Fn } from '../../../src/cfn';
import { accountBudgets, wholeBudget } from '../../modules/cost/account-budgets';
import { anomalyMonitor } from '../../modules/cost/anomaly-monitor';
import { budgetMetrics } from '../../modules/cost/budget-metrics';
import { costExport } from '../../modules/cost/cost-export';
import { costGraphs, costNote } from '../../modules/cost/cost-graphs';
import { costTopic } from '../../modules/cost/cost-topic';
import { dashboard } from '../../modules/monitoring/dashboard';
import { serviceBudgets } from './budgets';
import { defineTemplate } from './environments';

const text = { Type: 'String' } as const;

/** What the platform and its account cost: budgets, watch over unusual spending, dashboard and export. It stands in us-east-1. */
export const cost = defineTemplate(
  'cost',
  {
    description: 'FinTech Global budgets of the account and its services, anomaly detection, dashboard of costs and cost export',
    parameters: { ProjectName: text, AlertEmail: text, MonthlyBudgetLimit: { Type: 'Number' }, CostGovernance: text, CreateAnomalyMonitor: text, CostExport: text, DataKeyArn: text, LogBucketName: text, AlarmTopicArn: text },
  },
  (t) => {
    const { settings } = t;
    const project = t.param('ProjectName');
    const email = t.param('AlertEmail');
    const keyArn = t.param('DataKeyArn');
    const monthlyUsd = t.param('MonthlyBudgetLimit');
    const services = serviceBudgets;
    const logRetentionInDays = settings.logRetentionDays;

    const creates = (parameter: 'CostGovernance' | 'CreateAnomalyMonitor') => Fn.Equals(t.param(parameter), 'create');
    const governs = t.condition('Governs', creates('CostGovernance'));
    const monitors = t.condition('Monitors', creates('CreateAnomalyMonitor'));
    const tells = t.condition('Tells', Fn.Or([creates('CostGovernance'), creates('CreateAnomalyMonitor')]));
    const exports = t.condition('Exports', Fn.Equals(t.param('CostExport'), 'enabled'));

    const topic = costTopic(t, 'CostTopic', { name: t.resourceName('costs'), keyArn, email, when: tells });
    accountBudgets(t, { project, monthlyUsd, services, email, topic, when: governs });
    anomalyMonitor(t, { dimension: 'LINKED_ACCOUNT', topic, when: monitors });

    budgetMetrics(t, 'BudgetMetrics', {
      project,
      budgets: [wholeBudget, ...services.map(({ name }) => name)],
      keyArn,
      topic: t.param('AlarmTopicArn'),
      logRetentionInDays,
      when: governs,
    });
    dashboard(t, 'Dashboard', 'costs', costGraphs({ project, monthlyUsd, services }), costNote);

    costExport(t, { project, keyArn, accessLogBucket: t.param('LogBucketName'), retained: settings.protected, logRetentionInDays, when: exports });
    return {};
  },
);
