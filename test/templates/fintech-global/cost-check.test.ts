import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../src/build/build';
import { defineSystem, nest } from '../../../src/cfn';
import { check } from '../../../src/check';
import { cost } from '../../../templates/systems/fintech-global/cost';
import { costExportWaivers } from '../../../templates/systems/fintech-global/cost-export-waivers';
import { environments } from '../../../templates/systems/fintech-global/environments';
import { waivers } from '../../../templates/systems/fintech-global/waivers';
import { alarmTopicArn, keyArn } from './cost-instance';

const text = { Type: 'String' } as const;
const parameters = { ProjectName: text, AlertEmail: text, MonthlyBudgetLimit: { Type: 'Number' }, CostGovernance: text, CreateAnomalyMonitor: text, CostExport: text, DataKeyArn: text, LogBucketName: text, AlarmTopicArn: text } as const;

/** The template of costs alone, where the platform has it. */
const costs = defineSystem({
  name: 'fintech-global',
  title: 'FinTech Global costs',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'fintechglobal-{resource}-{environment}-{suffix}',
  costCenter: 'fintech-global',
  compliance: 'pci-dss soc2',
  nameTags: true,
  environments: { production: environments.production, develop: environments.develop },
  deployments: (plan) =>
    plan.deploy('edge', { description: 'Test: costs', regions: { create: ['us-east-1'], update: ['us-east-1'] }, parameters }, (root) => {
      nest(root, 'Cost', cost, {
        ProjectName: root.param('ProjectName'),
        AlertEmail: root.param('AlertEmail'),
        MonthlyBudgetLimit: root.param('MonthlyBudgetLimit'),
        CostGovernance: root.param('CostGovernance'),
        CreateAnomalyMonitor: root.param('CreateAnomalyMonitor'),
        CostExport: root.param('CostExport'),
        DataKeyArn: root.param('DataKeyArn'),
        LogBucketName: root.param('LogBucketName'),
        AlarmTopicArn: root.param('AlarmTopicArn'),
      });
      return { wires: {} };
    }),
});

const answers: Readonly<Record<string, string>> = {
  ProjectName: 'fintechglobal',
  AlertEmail: 'finops@example.com',
  MonthlyBudgetLimit: '5000',
  CostGovernance: 'create',
  CreateAnomalyMonitor: 'create',
  CostExport: 'enabled',
  DataKeyArn: keyArn,
  LogBucketName: 'fintechglobal-logs',
  AlarmTopicArn: alarmTopicArn,
};

describe('FinTech Global costs with the export', function () {
  this.timeout(120_000);
  const dist = mkdtempSync(join(tmpdir(), 'meridian-costs-'));
  before(() => build({ dist, systems: [costs] }));
  after(() => rmSync(dist, { recursive: true, force: true }));

  for (const environment of ['production', 'develop'] as const) {
    it(`FTG-69 has no finding but those that its waivers excuse: ${environment}`, async () => {
      const own = waivers.filter(({ resource }) => /#(BudgetMetrics|Empty|\*Budget|Dashboard)|\*\/\*#\*Log\*$/.test(resource) && !resource.includes('/zone/') && !resource.includes('/platform/') && !resource.includes('/foundation/'));
      const { findings } = await check({ dist, waivers: [...own, ...costExportWaivers(environment)], systems: ['fintech-global'], environments: [environment], today: '2026-11-23', parametersOf: () => answers });
      const counting = findings.filter(({ rule }) => rule !== 'stale-waiver').map(({ rule, path }) => `${rule} ${path}`);
      expect(environment === 'production' ? counting : counting.filter((one) => !one.startsWith('names_tell_the_environment'))).to.deep.equal([]);
      expect(findings.filter((finding) => finding.rule === 'stale-waiver' && JSON.stringify(finding).includes('CostRe'))).to.deep.equal([]);
    });
  }
});
