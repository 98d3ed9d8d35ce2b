import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { check, type CheckProgress } from '../../../src/check';
import { kasha } from '../../../templates/systems/kasha';

describe('the metrics that Kasha names', function () {
  this.timeout(60_000);
  let dist: string;
  before(async () => {
    dist = mkdtempSync(join(tmpdir(), 'meridian-metrics-'));
    await build({ dist, systems: [kasha], environments: ['production'] });
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  const lookUp = async () => {
    const done: Extract<CheckProgress, { kind: 'done' }>[] = [];
    const { findings } = await check({ dist, waivers: [], today: '2026-06-01', steps: ['metrics'], onProgress: (progress) => progress.kind === 'done' && done.push(progress) });
    return { findings: findings.map(({ rule, where }) => `${rule} ${where.template}#${where.logicalId}`), places: done.find(({ step }) => step === 'metrics')?.units ?? 0 };
  };

  /** Looks up metrics while a text of one template is another. */
  const lookUpWith = async (file: string, from: string, to: string) => {
    const path = join(dist, 'kasha', 'production', file);
    const text = readFileSync(path, 'utf8');
    expect(text, `${file} in ${readdirSync(join(path, '..')).join()}`).to.contain(from);
    writeFileSync(path, text.replaceAll(from, to));
    try {
      return (await lookUp()).findings;
    } finally {
      writeFileSync(path, text);
    }
  };

  it('KSH-112 all exist, and each dimension names a resource of Kasha in the region that is read', async () => {
    const { findings, places } = await lookUp();
    expect(findings).to.deep.equal([]);
    expect(places).to.be.greaterThan(50);
  });

  for (const { name, from, to, rule } of [
    { name: 'namespace', from: '"AWS/SQS"', to: '"AWS/SQ"', rule: 'metric-namespace' },
    { name: 'name', from: '"ApproximateNumberOfMessagesVisible"', to: '"ApproximateNumberOfMessagesSeen"', rule: 'metric-name' },
    { name: 'dimension', from: '"QueueName"', to: '"Queue"', rule: 'metric-dimensions' },
    { name: "dimension's value", from: '-dlq-prod', to: '-dlx-prod', rule: 'metric-dimension-value' },
  ]) {
    it(`are found out by a wrong ${name}`, async () => {
      const found = await lookUpWith('platform/monitoring.json', from, to);
      expect(new Set(found.map((finding) => finding.split(' ')[0]))).to.deep.equal(new Set([rule]));
    });
  }
});
