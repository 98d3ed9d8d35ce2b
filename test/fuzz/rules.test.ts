import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { judge } from '../../src/check/cfn-guard/judge';
import { ownRules } from '../../src/check/cfn-guard/rule';
import { cfnGuard, checkout } from '../../src/toolchain';
import { edited, hostileText } from './support/hostile';
import { answerOf, laterAnswerOf } from './support/named-cause';
import { runs } from './support/runs';

const folder = join(checkout, 'rules');
const real = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.guard')).sort().map((name) => readFileSync(join(folder, name), 'utf8'));
const snippets = ['rule x {', '}', '{', '<<', '>>', '%', 'when', "'", '"', '# Severity: HUGE\n', '# Requirements: KSH-1\n', 'let a = ', '/[/', '[', 'some ', '\n', 'Resources.*'];

describe('a rule file with anything in it', function () {
  this.timeout(40_000);
  const project = mkdtempSync(join(tmpdir(), 'meridian-fuzz-'));
  const rules = join(project, 'rules');
  const file = join(rules, 'odd.guard');
  before(() => mkdirSync(rules));
  after(() => rmSync(project, { recursive: true, force: true }));

  const text = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...real).chain((rule) => edited(rule, snippets)) }, { weight: 1, arbitrary: hostileText });

  it('is read, or refused with its path', () => {
    fc.assert(
      fc.property(text, (content) => {
        writeFileSync(file, content);
        const answer = answerOf(() => ownRules(rules));
        if ('refused' in answer) expect(answer.refused.message).to.contain('odd.guard');
      }),
      runs(400),
    );
  });

  it('is judged by cfn-guard, or refused with its path or cfn-guard’s own words; a template never passes unjudged', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        writeFileSync(file, content);
        const read = answerOf(() => ownRules(rules));
        if ('refused' in read || read.accepted.length === 0) return;
        const documents = new Map([['a.json', { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } } }]]);
        const answer = await laterAnswerOf(() => judge({ documents, rules: read.accepted }, { tool: cfnGuard(), project, resolved: join(project, 'resolved') }), [2, 3]);
        if ('accepted' in answer) expect([...(answer.accepted.get('a.json')?.keys() ?? [])]).to.include(read.accepted[0]?.name);
        else expect(answer.refused.message).to.match(/odd\.guard|cfn-guard/);
      }),
      runs(30),
    );
  });
});
