import { expect } from 'chai';
import { environments } from '../../templates/systems/fintech-global/environments';
import { failoverRunbook, recoveryTargets } from '../../templates/systems/fintech-global/recovery';
import { inOrder } from './in-order';
import { cellsOf, section } from './page-parts';
import { page } from './pages';

const folder = 'docs/runbooks/fintech-global/';
const runbook = (name: string): string => page(`${folder}${name}.md`).text;
const { settings } = environments.production;
const words: Readonly<Record<number, string>> = { 5: 'five', 20: 'twenty', 30: 'half an hour' };

describe('The drills of FinTech Global', () => {
  it('FTG-79 fail over: decide, keep the old primary out, move database and pods, verify', () => {
    expect(failoverRunbook).to.equal(`${folder}failover.md`);
    inOrder(runbook('failover'), ['## 1. Decide', 'AuroraGlobalDBRPOLag', 'update-health-check --health-check-id "$CHECK" --disabled --inverted', '--action activate --mode ungraceful', 'aws rds failover-global-cluster', '--allow-data-loss', 'patch hpa api', 'aws rds describe-global-clusters', 'aws elbv2 describe-target-health', '**Rollouts are refused**', '(failback.md)']);
    expect(runbook('failover')).to.contain('503 with `Retry-After`').and.to.contain('lost-writes');
  });

  it('FTG-79 fail back without loss: writer home first, clients after it', () => {
    inOrder(runbook('failback'), ['aws route53 get-health-check ', 'SynchronizationStatus', 'get-plan-evaluation-status', '--action activate --mode graceful', 'aws rds switchover-global-cluster', '--no-disabled --no-inverted', 'delete-db-instance', 'selectPolicy', 'npx meridian rollout fintech-global production']);
    expect(runbook('failback')).to.contain('RPO 0').and.not.to.match(/^aws .*(--allow-data-loss|--mode ungraceful)/m);
  });

  it('FTG-79 restore beside what runs, and take it away again', () => {
    inOrder(runbook('restore'), ['kubectl -n fintech-prod rollout undo', 'aws rds restore-db-cluster-to-point-in-time', '--enable-iam-database-authentication', 'aws rds create-db-cluster-snapshot', 'aws dynamodb restore-table-to-point-in-time', '--no-deletion-protection', 'aws rds delete-db-cluster']);
    expect(runbook('restore')).to.contain(`any second of the last ${settings.database.backupRetentionDays} days, in production`);
  });

  it('FTG-79 say what the settings say: time-outs, pods and namespace', () => {
    expect(runbook('failover')).to.contain(`each gives up after ${words[settings.regionSwitch.stepTimeoutMinutes]} minutes`);
    expect(runbook('failover')).to.contain(`leaves ${words[recoveryTargets.decisionMinutes]} minutes from the failed health`).and.to.contain(`when the outage will outlast what ${words[recoveryTargets.timeMinutes]} without writes cost`);
    for (const name of ['api', 'worker'] as const) expect(runbook('failover')).to.contain(`patch hpa ${name} --patch '{"spec":{"minReplicas":${settings.services[name].pods.primary.minimum}}}'`);
    for (const name of ['failover', 'failback', 'restore']) {
      const namespaces = [...runbook(name).matchAll(/kubectl -n (\S+)/g)].map(([, namespace]) => namespace);
      expect([...new Set(namespaces)], name).to.deep.equal([settings.kubernetes.namespace]);
    }
  });

  it('FTG-79 leave evidence: how each time is measured, the target beside it, and a row for every drill', () => {
    const measured = cellsOf(section(runbook('failover'), 'The drill'), 'What').map(([what]) => what);
    expect(measured).to.include.members(['Moved', 'Database', 'Pods', 'Writes (RTO)', 'Lost (RPO)', 'Back']);
    const [target] = cellsOf(section(runbook('failover'), 'What was measured'), 'Date');
    expect(target?.slice(0, 3)).to.deep.equal(['target', 'all', 'ungraceful']);
    expect(target?.slice(7, 9)).to.deep.equal([`${recoveryTargets.timeMinutes} min`, `${recoveryTargets.pointSeconds} s`]);
    expect(runbook('restore')).to.contain('| Date | Environment | What | Restored to | Decided to readable (RTO) | Lost (RPO) | Result | By |');
  });
});
