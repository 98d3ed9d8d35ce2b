import { expect } from 'chai';
import { render } from '../../src/cfn/render';
import type { Template } from '../../src/resolve';
import { data } from '../../templates/systems/lookcard/data';
import { environments } from '../../templates/systems/lookcard/environments';
import { security } from '../../templates/systems/lookcard/security';
import { contextOf } from '../templates/lookcard/built';
import { inOrder } from './in-order';
import { cellsOf, section } from './page-parts';
import { page } from './pages';

const recovery = page('docs/runbooks/lookcard/point-in-time-recovery.md').text;
const secrets = page('docs/runbooks/lookcard/secrets.md').text;
const { database } = environments.production.settings;

/** A template as it is rendered; what a page is held against is not altered. */
const emitted = (definition: typeof security | typeof data): Template => JSON.parse(render(definition.build(contextOf()).template)) as Template;
const ofType = (template: Template, type: string) => Object.values(template.Resources ?? {}).filter(({ Type }) => Type === type);

describe('The runbook of LookCard’s point-in-time recovery', () => {
  it('LKC-111 restores beside what runs, brings the data back, and takes the restored cluster away again', () => {
    inOrder(recovery, ['## 1. Stop what spoils', 'aws rds restore-db-cluster-to-point-in-time', '--enable-iam-database-authentication', 'aws rds create-db-instance', '## 3. Bring the data back', 'aws rds create-db-cluster-snapshot', '--no-deletion-protection', 'aws rds delete-db-cluster']);
  });

  it('LKC-111 says how far back one can go, and how large the restored cluster is, as the settings do', () => {
    expect(recovery).to.contain(`any second of the last ${database.backupRetentionDays} days, in production`).and.to.contain(`and ${environments.staging.settings.database.backupRetentionDays} days to go back instead of ${database.backupRetentionDays}`);
    expect(recovery).to.contain(`--serverless-v2-scaling-configuration MinCapacity=${database.minimumCapacity},MaxCapacity=${database.maximumCapacity}`);
    const [plan] = ofType(emitted(data), 'AWS::Backup::BackupPlan');
    const [rule] = (plan?.Properties?.['BackupPlan'] as { readonly BackupPlanRule: readonly { readonly Lifecycle: { readonly DeleteAfterDays: number } }[] }).BackupPlanRule;
    expect(recovery).to.contain(`one point a day, ${rule?.Lifecycle.DeleteAfterDays} days`);
  });

  it('LKC-111 leaves evidence of each drill: what was measured, and where it can be read', () => {
    expect(recovery).to.contain('| Date | Environment | Restored to | Decided to readable (RTO) | Lost (RPO) | Result | By |').and.to.contain('aws backup list-restore-jobs');
  });
});

describe('The runbook of LookCard’s secrets', () => {
  it('LKC-86 LKC-87 says of every secret whether it rotates by itself, as the templates have it, and how else', () => {
    const rows = cellsOf(secrets, 'Secret').filter(([name = '']) => name.startsWith('`$'));
    expect(rows).to.have.length(ofType(emitted(security), 'AWS::SecretsManager::Secret').length);
    const schedules = ofType(emitted(data), 'AWS::SecretsManager::RotationSchedule');
    // The edge rotates its two header values by a function of its own.
    expect(rows.filter(([, , rotates = '']) => rotates.startsWith('every 90 days') && !rotates.includes('edge'))).to.have.length(schedules.length);
    for (const { Properties } of schedules) expect(Properties?.['RotationRules']).to.deep.equal({ AutomaticallyAfterDays: 90 });
    const byHand = rows.filter(([, , rotates = '']) => rotates.startsWith('no:')).map(([, , rotates = '']) => /\(#([a-z-]+)\)/.exec(rotates)?.[1]);
    expect(byHand).to.deep.equal(['give-a-client-another-api-key', 'store-credentials-of-another-company', 'store-credentials-of-another-company', 'change-the-key-of-supabases-tokens']);
  });

  it('LKC-86 LKC-96 stores credentials from a file, by people with a second factor', () => {
    expect(section(secrets, 'Store credentials of another company')).to.contain('--secret-string file://issuer.json').and.to.contain('shred --remove');
    expect(section(secrets, "Take the administrators' role")).to.contain('second factor').and.to.contain('aws sts assume-role');
  });

  it('LKC-87 leaves evidence of each rotation', () => {
    expect(secrets).to.contain('| Date | Secret | Why | Version before | Version after | Copy in sync | By |');
  });
});
