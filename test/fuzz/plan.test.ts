import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { renderPlan } from '../../src/cli/render/plan';
import type { RolloutPlan } from '../../src/rollout';
import { forbiddenLosses, refuseLosses } from '../../src/rollout/plan/consent';
import { readPlan, writePlan } from '../../src/rollout/plan/file';
import { refuseMoved } from '../../src/rollout/plan/moved';
import { damaged, edited } from './support/hostile';
import { answerOf } from './support/named-cause';
import { runs } from './support/runs';

const hash = 'a'.repeat(64);
const whole: RolloutPlan = {
  version: 1,
  system: 'ledger',
  environment: 'production',
  suffix: 'main',
  target: { kind: 'aws', account: '111111111111' },
  nodes: [
    {
      node: { system: 'ledger', environment: 'production', deployment: 'base', region: 'us-east-1' },
      stackSet: 'meridian-ledger-production-main-base',
      action: 'update',
      reasons: ['template', 'parameter Note'],
      before: { template: hash, parameters: { Note: 'old' } },
      after: { template: hash.replaceAll('a', 'b'), parameters: { Note: 'new', Wire: null } },
      resources: [
        {
          path: ['Store'],
          logicalId: 'Entries',
          type: 'AWS::SQS::Queue',
          action: 'replace',
          old: 'deleted',
          storesData: true,
          properties: [{ property: 'QueueName', before: 'entries', after: { Ref: 'Name' }, replaces: 'always' }],
        },
      ],
      permissions: [{ sign: '+', resource: '*', effect: 'Allow', action: 'sqs:SendMessage', principal: 'AWS:role', condition: '' }],
      rules: [{ sign: '-', group: 'Group', direction: 'in', protocol: 'TCP 443', peer: '10.0.0.0/8' }],
      limits: { rootBytes: 1000, resources: 3 },
    },
  ],
};

describe('a plan file that something damaged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-fuzz-'));
  const file = join(folder, 'plan.json');
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Reads the file as `rollout --plan` does, and shows what it accepted; nothing is written beside it. */
  function execute(text: string): void {
    writeFileSync(file, text);
    const answer = answerOf(() => readPlan(file));
    if ('accepted' in answer) {
      const plan = answer.accepted;
      answerOf(() => refuseLosses(plan, []), [1]);
      answerOf(() => refuseMoved(plan, whole), [1]);
      answerOf(() => renderPlan(plan, { forbidden: forbiddenLosses(plan, []), out: undefined, where: 'account 111111111111' }, { colors: { bold: String, dim: String, red: String, green: String, yellow: String, cyan: String } as never }));
    }
    expect(readdirSync(folder)).to.deep.equal(['plan.json']);
  }

  it('is taken whole when nothing is wrong with it, and then wants consent to what is lost', () => {
    writePlan(file, whole);
    expect(readPlan(file)).to.deep.equal(whole);
    expect(() => refuseLosses(readPlan(file), [])).to.throw(/--allow-replace Entries/);
  });

  it('is executed or refused with a cause: damaged places', () => {
    fc.assert(fc.property(damaged(whole), (data) => execute(JSON.stringify(data) ?? '')), runs(400));
  });

  it('is executed or refused with a cause: cut off, or edited as text', () => {
    fc.assert(fc.property(edited(JSON.stringify(whole, undefined, 2), ['{', '}', '[', ']', '"', ',', ':', 'null', '"../../../x"']), execute), runs(200));
  });

  it('that is missing, a folder or empty names the file and the command that makes one', () => {
    for (const path of [join(folder, 'none.json'), folder]) {
      const answer = answerOf(() => readPlan(path));
      expect('refused' in answer && answer.refused.message).to.contain(path).and.contain('meridian plan --out');
    }
  });
});
