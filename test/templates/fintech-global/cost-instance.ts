import type { ResolvedStack } from '../../../src/resolve';
import { cost } from '../../../templates/systems/fintech-global/cost';
import { resolved, type EnvironmentName } from './built';

/** The key and the topic of the deployment before. */
export const keyArn = 'arn:aws:kms:us-east-1:111111111111:key/mrk-1';
export const alarmTopicArn = 'arn:aws:sns:us-east-1:111111111111:alarms';

/** The template of costs with the parameters' defaults, and what is given otherwise. */
export const costStack = (environment: EnvironmentName = 'production', parameters: Readonly<Record<string, string>> = {}): ResolvedStack =>
  resolved(cost, 'us-east-1', environment, {
    ProjectName: 'fintechglobal',
    AlertEmail: 'finops@example.com',
    MonthlyBudgetLimit: '5000',
    CostGovernance: 'create',
    CreateAnomalyMonitor: 'create',
    CostExport: 'disabled',
    DataKeyArn: keyArn,
    LogBucketName: 'fintechglobal-logs',
    AlarmTopicArn: alarmTopicArn,
    ...parameters,
  });
