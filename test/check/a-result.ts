import type { CheckResult, Finding, Waiver } from '../../src/check';
import { summarizeWaivers } from '../../src/check/waiver-summary';

/** A finding with everything in it. */
export const finding: Finding = {
  source: 'cfn-guard',
  rule: 'CT.RDS.PR.16',
  controls: ['PCI DSS 4.0.1 3.5.1', 'NIST 800-53 r5 SC-28'],
  severity: 'HIGH',
  what: 'Storage is not encrypted',
  where: {
    system: 'kasha',
    environment: 'production',
    deployment: 'platform',
    template: 'data',
    logicalId: 'Primary',
    regions: ['ap-southeast-1', 'us-east-1'],
    source: 'templates/systems/kasha/data.ts:48',
    module: 'templates/modules/data/mysql.ts:31',
    emitted: 'dist/kasha/production/platform/data.json',
  },
  now: 'StorageEncrypted: false',
  fix: 'Set StorageEncrypted to true',
  path: 'Resources/Primary/Properties/StorageEncrypted',
};

/** A waiver that covers a finding of another rule, until 13 June 2026. */
export const waiver: Waiver = { rule: 'CT.X', resource: 'kasha/*/platform/data#Primary', reason: 'Because it has to be', owner: 'platform', expires: '2026-06-13', because: 'KSH-12' };

const none = { failed: 0, waived: 0, passed: 0, 'did-not-apply': 0 };

/** What a check of 1 June 2026 came to: one finding, one waived, three rules. */
export function aResult(change: Partial<CheckResult> = {}): CheckResult {
  const waived = change.waived ?? [{ finding: { ...finding, rule: 'CT.X' }, waiver }];
  return {
    findings: [finding],
    waived,
    waivers: summarizeWaivers(waived, '2026-06-01'),
    rules: [
      { step: 'cfn-guard', rule: 'CT.RDS.PR.16', title: 'Storage is encrypted', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.5.1'], fix: 'Encrypt the storage', state: 'failed', counts: { ...none, failed: 2 }, environments: { 'kasha/production': 'failed' } },
      { step: 'cfn-guard', rule: 'CT.SQS.PR.1', title: 'A queue has a dead-letter queue', severity: 'MEDIUM', controls: [], fix: 'Give it one', state: 'passed', counts: { ...none, passed: 2 }, environments: { 'kasha/production': 'passed' } },
      { step: 'cfn-guard', rule: 'CT.EKS.PR.1', title: 'A cluster is private', severity: 'LOW', controls: [], fix: 'Make it so', state: 'did-not-apply', counts: { ...none, 'did-not-apply': 2 }, environments: {} },
    ],
    notes: [],
    environments: ['kasha/production'],
    steps: ['cfn-lint', 'cfn-guard', 'metrics'],
    templates: 9,
    seconds: 1.25,
    tools: { 'cfn-lint': '1.58.0', 'cfn-guard': '3.1.1' },
    today: '2026-06-01',
    ...change,
  };
}
