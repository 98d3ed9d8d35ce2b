import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../src/build/build';
import { defineSystem, nest, templatesOf } from '../../../src/cfn';
import { LOCAL_ACCOUNT, localClientConfig, startLocalAws } from '../../../src/local-aws';
import { destroy, openTarget, rollout } from '../../../src/rollout';
import { bucket } from '../../../templates/modules/security/bucket';
import { key } from '../../../templates/modules/security/key';
import { cost } from '../../../templates/systems/fintech-global/cost';
import { environments } from '../../../templates/systems/fintech-global/environments';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const text = { Type: 'String' } as const;
const region = 'us-east-1';
const base = templatesOf<object>()('base', { description: 'Test: key and log bucket', parameters: {} }, (t) => ({
  DataKeyArn: key(t, 'Key', { description: 'Test', alias: t.resourceName('data'), retained: false }).att('Arn'),
  LogBucketName: bucket(t, 'Logs', { name: t.resourceName('logs', 'world'), retained: false }).handle.ref(),
}));

/** The template of costs with the export, on a key and a log bucket. */
const costs = defineSystem({
  name: 'fintech-global',
  title: 'FinTech Global costs',
  regions: { primary: region, secondary: 'ap-southeast-1' },
  namePattern: 'fintechglobal-{resource}-{environment}-{suffix}',
  costCenter: 'fintech-global',
  compliance: 'none',
  standsAlone: true,
  environments: { develop: environments.develop },
  deployments: (plan) =>
    plan.deploy('edge', { description: 'Test: costs', regions: { create: [region], update: [region] }, parameters: { MonthlyBudgetLimit: { Type: 'Number' }, CostExport: text, AlertEmail: text, AlarmTopicArn: text, ProjectName: text, Once: text } }, (root) => {
      nest(root, 'Cost', cost, {
        ...nest(root, 'Base', base, {}),
        ProjectName: root.param('ProjectName'),
        AlertEmail: root.param('AlertEmail'),
        MonthlyBudgetLimit: root.param('MonthlyBudgetLimit'),
        CostGovernance: root.param('Once'),
        CreateAnomalyMonitor: root.param('Once'),
        CostExport: root.param('CostExport'),
        AlarmTopicArn: root.param('AlarmTopicArn'),
      });
      return { wires: {} };
    }),
});

describe('FinTech Global costs on the local AWS', function () {
  this.timeout(120_000);

  it('FTG-69 FTG-73 stand, take a lower limit by changing nothing else, and go with what was exported', async () => {
    const dist = mkdtempSync(join(tmpdir(), 'meridian-costs-'));
    const aws = await startLocalAws();
    const target = await openTarget({ kind: 'local', endpoint: aws.endpoint });
    const s3 = new S3Client({ ...localClientConfig(aws.endpoint, region), forcePathStyle: true });
    const own = async (): Promise<readonly unknown[]> => ((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).map(({ Name }) => Name).filter((name) => name?.startsWith('fintechglobal-'));
    try {
      await build({ dist, systems: [costs] });
      const values = { ProjectName: 'fintechglobal', AlertEmail: 'finops@example.com', MonthlyBudgetLimit: '5000', Once: 'create', CostExport: 'enabled', AlarmTopicArn: `arn:aws:sns:${region}:${LOCAL_ACCOUNT}:alarms` };
      const options = { target, dist, state: join(dist, 'state'), system: 'fintech-global', environment: 'develop', parameters: { file: 'test', suffix: 'main', values } };
      const made = await rollout(options);
      expect(made.exitCode, made.message).to.equal(0);
      expect(await own()).to.have.length(3);
      await s3.send(new PutObjectCommand({ Bucket: `fintechglobal-costs-dev-main-${LOCAL_ACCOUNT}-${region}`, Key: 'reports/x.parquet', Body: 'x' }));
      const lowered = await rollout({ ...options, parameters: { ...options.parameters, values: { ...values, MonthlyBudgetLimit: '1' } } });
      expect(lowered.exitCode, lowered.message).to.equal(0);
      // The nested stack, the budget over everything, and the dashboard with its line.
      expect(lowered.nodes.map(({ action, resources }) => [action, resources])).to.deep.equal([['update', 3]]);
      const gone = await destroy(options);
      expect(gone.exitCode, gone.message).to.equal(0);
      expect(gone.kept).to.deep.equal([]);
      expect(await own()).to.deep.equal([]);
    } finally {
      s3.destroy();
      target.close();
      await aws.stop();
      rmSync(dist, { recursive: true, force: true });
    }
  });
});
