import { expect } from 'chai';
import { violationsOf } from '../../src/check/cfn-guard/violation';

/** A failed clause of cfn-guard's report that compared a value. */
const compared = (path: string, value: unknown, custom_message = '') => ({
  Clause: { Binary: { messages: { custom_message }, check: { Resolved: { from: { path, value }, to: { path: '/Resources/Other', value: 1 }, comparison: ['Eq', false] } } } },
});

/** A failed clause that missed a property. */
const missed = (path: string, remaining_query: string) => ({
  Clause: { Unary: { messages: { custom_message: '' }, check: { UnResolved: { value: { traversed_to: { path, value: {} }, remaining_query } } } } },
});

describe("a violation in cfn-guard's report", () => {
  it('shows what a clause looked at, never what it compared with', () => {
    expect(violationsOf('rule', [compared('/Resources/Queue/Properties/DelaySeconds', 5)])).to.deep.equal([
      { rule: 'rule', logicalId: 'Queue', path: 'Resources/Queue/Properties/DelaySeconds', now: 'DelaySeconds: 5' },
    ]);
  });

  it('takes violation and fix from the nearest message above the clause', () => {
    const block = { Block: { messages: { custom_message: '\n  Violation: It is slow\n  Fix: Make it\n   faster\n' }, checks: [compared('/Resources/Queue/Properties/DelaySeconds', 5)] } };
    expect(violationsOf('rule', [block])[0]).to.include({ violation: 'It is slow', fix: 'Make it faster' });
  });

  it('joins the places of one resource and message, three at most', () => {
    const checks = ['A', 'B', 'C', 'D'].map((name) => missed('/Resources/Queue/Properties', name));
    expect(violationsOf('rule', checks).map(({ now }) => now)).to.deep.equal(['A: (absent); B: (absent); C: (absent); and 1 more']);
  });

  it('is one for each resource', () => {
    const checks = ['One', 'Two'].map((name) => missed(`/Resources/${name}/Properties`, 'A'));
    expect(violationsOf('rule', checks).map(({ logicalId }) => logicalId)).to.deep.equal(['One', 'Two']);
  });

  it('leaves out variables of the rule when a resource is named', () => {
    expect(violationsOf('rule', [compared('', false), missed('/Resources/Key/Properties', 'KeyPolicy')])).to.have.length(1);
  });

  it('names the resource whose list lacks something that the rule lists', () => {
    const list = '/Resources/Database/Properties/Logs/0';
    const check = { Clause: { Binary: { messages: { custom_message: '' }, check: { InResolved: { from: { path: '/0', value: 'audit' }, to: [{ path: list, value: 'error' }], comparison: ['In', false] } } } } };
    expect(violationsOf('rule', [check])).to.deep.equal([{ rule: 'rule', logicalId: 'Database', path: 'Resources/Database/Properties/Logs/0', now: 'Logs.0: error' }]);
  });

  it('is about the whole template when no resource is named', () => {
    expect(violationsOf('rule', [{ Clause: { Unary: { check: { UnResolvedContext: '%all not EMPTY' } } } }])).to.deep.equal([{ rule: 'rule', path: '', now: '(the template as a whole)' }]);
  });
});
