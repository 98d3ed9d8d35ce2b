import { expect } from 'chai';
import type { Mutant } from '../../src/mutate/mutant';
import { select } from '../../src/mutate/select';

/** A mutant of a resource that a line of a module wrote. */
function mutant(logicalId: string, place: string, at = 'templates/modules/data/queue.ts:10'): Mutant {
  return { operator: { id: 'queue-seeded' }, template: { system: 'shop', environment: 'production', sources: { [logicalId]: { at } } }, logicalId, type: 'AWS::SQS::Queue', place } as object as Mutant;
}

describe('the choice of mutants', () => {
  it('takes the first places of a kind, and counts the others', () => {
    const { chosen, leftOut } = select([mutant('A', 'Tags[0]'), mutant('A', 'Tags[1]'), mutant('B', 'Tags[0]')], 2);
    expect(chosen.map(({ logicalId, place }) => `${logicalId} ${place}`)).to.deep.equal(['A Tags[0]', 'A Tags[1]']);
    expect(leftOut).to.equal(1);
  });

  for (const [what, other] of [
    ['another property', mutant('B', 'QueueName')],
    ['another line', mutant('B', 'Tags', 'templates/modules/data/queue.ts:20')],
  ] as const) {
    it(`takes ${what} for another kind`, () => expect(select([mutant('A', 'Tags'), other], 1).leftOut).to.equal(0));
  }

  it('takes everything when no number is given', () => {
    expect(select([mutant('A', 'Tags'), mutant('B', 'Tags')], undefined)).to.deep.include({ leftOut: 0 });
  });
});
