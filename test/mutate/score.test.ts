import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MeridianError } from '../../src/errors';
import type { Severity } from '../../src/check';
import { raiseFloor, readFloor, shortcomings } from '../../src/mutate/floor';
import type { JudgedMutant } from '../../src/mutate/result';
import { scoreByService, scoreByStep, scoreOf } from '../../src/mutate/score';

const floor = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 };

/** Mutants of one severity, of which some were noticed. */
function judged(severity: Severity, killed: number, total: number): JudgedMutant[] {
  return Array.from({ length: total }, (_, index) => ({
    mutant: { operator: { id: 'queue-seeded', title: 'Seeded', severity, controls: [], types: [], mistake: () => [] }, type: 'AWS::SQS::Queue' },
    killers: index < killed ? [{ step: 'own rules', rule: 'a' }] : [],
  }) as object as JudgedMutant);
}

describe('the mutation score', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-score-'));
  const file = join(folder, 'score.json');

  after(() => rmSync(folder, { recursive: true }));

  it('counts equivalent mutants neither as killed nor as survivors', () => {
    const [first, ...others] = judged('HIGH', 1, 3);
    const equivalent = { operator: 'queue-seeded', resource: 'a/b/c/d#E', reason: 'Nothing reads it.' };
    expect(scoreOf([{ ...first!, equivalent }, ...others])).to.deep.equal({ killed: 0, total: 2 });
  });

  it('says by service and by part of the checker what was noticed', () => {
    const [first, ...others] = judged('HIGH', 2, 3);
    const both = { ...first!, killers: [...first!.killers, { step: 'cfn-lint' as const, rule: 'E3012' }] };
    expect([...scoreByService([both, ...others])]).to.deep.equal([['sqs', { killed: 2, total: 3 }]]);
    expect(scoreByStep([both, ...others])).to.deep.include({ 'own rules': { noticed: 2, alone: 1 }, 'cfn-lint': { noticed: 1, alone: 0 } });
  });

  it('is good enough from 95 % of critical and high mutants and 85 % of all', () => {
    expect(shortcomings([...judged('CRITICAL', 10, 10), ...judged('HIGH', 85, 90), ...judged('LOW', 0, 10)], floor)).to.deep.equal([]);
  });

  for (const { what, mutants, says } of [
    { what: 'critical and high mutants', mutants: [...judged('CRITICAL', 9, 10), ...judged('LOW', 90, 90)], says: 'Critical and high: 90.0 %' },
    { what: 'mutants of all severities', mutants: [...judged('HIGH', 10, 10), ...judged('LOW', 0, 10)], says: 'All: 50.0 %' },
  ]) {
    it(`is too low when too many ${what} survive`, () => expect(shortcomings(mutants, floor).join('\n')).to.contain(says));
  }

  it('is too low when it falls below what was committed', () => {
    expect(shortcomings(judged('HIGH', 97, 100), { ...floor, HIGH: 97.1 })).to.deep.equal(['HIGH: 97.0 % of the mutants are noticed, and 97.1 % were when the score was committed']);
  });

  it('is committed where it rose, and never lowered', () => {
    raiseFloor(file, { ...floor, HIGH: 99, LOW: 10 }, [...judged('HIGH', 1, 3), ...judged('LOW', 2, 3)]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.include({ HIGH: 99, LOW: 66.6 });
    expect(readFloor(file).LOW).to.equal(66.6);
  });

  it('is not guessed when the committed file is damaged', () => {
    writeFileSync(file, '{"HIGH": 101}');
    expect(() => readFloor(file)).to.throw(MeridianError, '--update');
  });
});
