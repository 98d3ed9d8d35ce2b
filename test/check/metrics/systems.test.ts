import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { check, type CheckProgress } from '../../../src/check';
import { customerPortal } from '../../../templates/systems/customer-portal';
import { financialPortal } from '../../../templates/systems/financial-portal';
import { kasha } from '../../../templates/systems/kasha';
import { lookcard } from '../../../templates/systems/lookcard';

/** A text of a template and another that makes a metric wrong, with the rule that finds it out. */
interface Mistake {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly rule: string;
}

const mistakes = (file: string, list: readonly (readonly [name: string, from: string, to: string, rule: string])[]): readonly Mistake[] => list.map(([name, from, to, rule]) => ({ name, file, from, to, rule }));

const systems = [
  {
    called: 'Kasha',
    ids: 'KSH-112 ',
    system: kasha,
    wrong: mistakes('platform/monitoring.json', [
      ['namespace', '"AWS/SQS"', '"AWS/SQ"', 'metric-namespace'],
      ['name', '"ApproximateNumberOfMessagesVisible"', '"ApproximateNumberOfMessagesSeen"', 'metric-name'],
      ['dimension', '"QueueName"', '"Queue"', 'metric-dimensions'],
      ["dimension's value", '-dlq-prod', '-dlx-prod', 'metric-dimension-value'],
    ]),
  },
  { called: 'the financial portal', ids: '', system: financialPortal, wrong: mistakes('edge/edge-monitoring.json', [['name of what stands in another region', 'fin-aurora-prod', 'fin-aurara-prod', 'metric-dimension-value'], ['metric of a canary', '"SuccessPercent"', '"SuccessPercentage"', 'metric-name']]) },
  {
    called: 'the customer portal',
    ids: 'CUS-87 ',
    system: customerPortal,
    wrong: [
      ...mistakes('platform/monitoring.json', [
        ['table, in either region', 'cus-session-tokens-prod', 'cus-session-token-prod', 'metric-dimension-value'],
        ['index of a table', 'byUser', 'byUsers', 'metric-dimension-value'],
        ['metric of API Gateway', 'IntegrationLatency', 'IntegrationDelay', 'metric-name'],
      ]),
      ...mistakes('edge/edge-monitoring.json', [['stage of the API', 'cus-stage-prod', 'cus-live-prod', 'metric-dimension-value']]),
    ],
  },
  {
    called: 'LookCard',
    ids: 'LKC-99 ',
    system: lookcard,
    wrong: [
      ...mistakes('platform/monitoring.json', [
        ['namespace of a Network Load Balancer', '"AWS/NetworkELB"', '"AWS/NetworkLB"', 'metric-namespace'],
        ['metric of a proxy', '"DatabaseConnectionsBorrowLatency"', '"DatabaseConnectionsBorrowTime"', 'metric-name'],
        ['proxy', 'lookcard-proxy-prod', 'lookcard-proxies-prod', 'metric-dimension-value'],
      ]),
      ...mistakes('core-application/dashboard.json', [['service of a cluster', 'lookcard-card-api-prod', 'lookcard-cards-api-prod', 'metric-dimension-value']]),
    ],
  },
];

for (const { called, ids, system, wrong } of systems) {
  describe(`the metrics that ${called} names`, function () {
    this.timeout(60_000);
    let dist: string;
    before(async () => {
      dist = mkdtempSync(join(tmpdir(), 'meridian-metrics-'));
      await build({ dist, systems: [system], environments: ['production'] });
    });
    after(() => rmSync(dist, { recursive: true, force: true }));

    const lookUp = async () => {
      const done: Extract<CheckProgress, { kind: 'done' }>[] = [];
      const { findings } = await check({ dist, waivers: [], today: '2026-06-01', steps: ['metrics'], onProgress: (progress) => progress.kind === 'done' && done.push(progress) });
      return { findings: findings.map(({ rule, where }) => `${rule} ${where.template}#${where.logicalId}`), places: done.find(({ step }) => step === 'metrics')?.units ?? 0 };
    };

    /** Looks up metrics while a text of one template is another. */
    const lookUpWith = async ({ file, from, to }: Mistake) => {
      const path = join(dist, system.name, 'production', file);
      const text = readFileSync(path, 'utf8');
      expect(text, `${file} in ${readdirSync(join(path, '..')).join()}`).to.contain(from);
      writeFileSync(path, text.replaceAll(from, to));
      try {
        return (await lookUp()).findings;
      } finally {
        writeFileSync(path, text);
      }
    };

    it(`${ids}all exist, and each dimension names a resource of the system in the region that is read`, async () => {
      const { findings, places } = await lookUp();
      expect(findings).to.deep.equal([]);
      expect(places).to.be.greaterThan(50);
    });

    for (const mistake of wrong) {
      it(`are found out by a wrong ${mistake.name}`, async () => {
        const found = await lookUpWith(mistake);
        expect(new Set(found.map((finding) => finding.split(' ')[0]))).to.deep.equal(new Set([mistake.rule]));
      });
    }
  });
}
