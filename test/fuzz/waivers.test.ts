import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { defineWaivers, loadWaivers, type Waiver } from '../../src/check';
import { applyWaivers, patternCovers } from '../../src/check/apply-waivers';
import { requireDecisions } from '../../src/check/required-decisions';
import { damaged, edited, hostileText, hostileValue } from './support/hostile';
import { answerOf } from './support/named-cause';
import { runs } from './support/runs';

const waiver: Waiver = { rule: 'CT.SQS.PR.1', resource: 'shop/production/platform/data#Orders', reason: 'The owner drains this queue by hand', owner: 'platform team', expires: '2026-12-31', because: 'KSH-12' };
const scope = [{ system: 'shop', environment: 'production' }];

describe('waivers with anything in them', () => {
  const project = mkdtempSync(join(tmpdir(), 'meridian-fuzz-'));
  after(() => rmSync(project, { recursive: true, force: true }));

  it('are applied, or refused by number and field', () => {
    const wrong = fc.oneof(damaged([waiver, waiver]), hostileValue, fc.record({ rule: hostileText, resource: hostileText, reason: hostileText, owner: hostileText, expires: hostileText, because: hostileText }).map((each) => [{ ...waiver, ...each }]));
    fc.assert(
      fc.property(wrong, (list) => {
        const answer = answerOf(() => {
          const waivers = defineWaivers(list as Waiver[]);
          applyWaivers([], waivers, { scope, today: '2026-06-01', complete: true });
          requireDecisions(project, waivers);
        });
        if ('refused' in answer) expect(answer.refused.message).to.match(/^Waivers?\b/);
      }),
      runs(500),
    );
  });

  it('are refused with their file when it does not parse or exports something else', () => {
    const folder = join(project, 'templates', 'systems', 'shop');
    mkdirSync(folder, { recursive: true });
    const text = `exports.waivers = ${JSON.stringify([waiver], undefined, 1)};\n`;
    const module = fc.oneof(edited(text, ['{', '}', '(', "'", 'throw 1;', 'throw null;', 'require("nowhere");', 'import x from "./nowhere";', 'undefinedName']), hostileValue.map((value) => `exports.waivers = ${JSON.stringify(value)};`));
    let number = 0;
    fc.assert(
      fc.property(module, (source) => {
        // A module is read once, so each gets a project of its own.
        const own = join(project, String((number += 1)));
        const file = join(own, 'templates', 'systems', 'shop', 'waivers.ts');
        mkdirSync(join(file, '..'), { recursive: true });
        writeFileSync(file, source);
        const answer = answerOf(() => applyWaivers([], loadWaivers(own), { scope, today: '2026-06-01', complete: true }));
        if ('refused' in answer) expect(answer.refused.message).to.match(/^templates\/systems\/shop\/waivers\.ts: /);
      }),
      runs(60),
    );
  });

  it('cover by stars in no time, and take every other character as it is', () => {
    const segment = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', '(', '[', '+', '\\', '$', '^', '-', '?'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(segment, segment, (pattern, name) => {
        const plain = name.replaceAll('*', 'a');
        const started = performance.now();
        const covers = patternCovers(`${pattern}/x`, `${plain}/x`);
        expect(performance.now() - started).to.be.lessThan(100);
        if (!pattern.includes('*')) expect(covers).to.equal(pattern === plain);
        expect(patternCovers(`*${plain}*/x`, `b${plain}b/x`)).to.equal(true);
        expect(patternCovers(`${plain.slice(0, 3)}*/x`, `${plain}/x`)).to.equal(true);
      }),
      runs(500),
    );
    expect(patternCovers(`${'*a'.repeat(60)}b/x`, `${'a'.repeat(200)}/x`)).to.equal(false);
  });
});
