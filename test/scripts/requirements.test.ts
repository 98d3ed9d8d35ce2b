import { expect } from 'chai';
import { resolve } from 'node:path';
import { listedSystems, matrix, readRequirements, unlisted } from '../../scripts/requirements/matrix';

const folder = resolve(__dirname, '../requirements');
const requirements = [
  { id: 'KSH-01', proof: 'template', fact: 'first' },
  { id: 'KSH-02', proof: 'template', fact: 'second' },
  { id: 'KSH-10', proof: 'page', fact: 'tenth' },
] as const;

describe('The requirements matrix', () => {
  it('finds the tests that name an id, several ids in one title among them', () => {
    const rows = matrix(requirements, [{ title: 'Kasha KSH-01 and KSH-02 hold', passed: true }, { title: 'Kasha KSH-02 too', passed: true }]);
    expect(rows.map(({ id, state, tests }) => [id, state, tests.length])).to.deep.equal([['KSH-01', 'passed', 1], ['KSH-02', 'passed', 2], ['KSH-10', 'unnamed', 0]]);
  });

  it('calls an id failed when one of its tests fails', () => {
    const [row] = matrix(requirements, [{ title: 'KSH-01 a', passed: true }, { title: 'KSH-01 b', passed: false }]);
    expect(row!.state).to.equal('failed');
  });

  it('does not take a shorter or longer id for one it resembles', () => {
    expect(matrix(requirements, [{ title: 'KSH-1 and KSH-100', passed: true }]).every(({ state }) => state === 'unnamed')).to.equal(true);
  });

  it('names ids in tests that no list has', () => {
    expect(unlisted(new Set(['KSH']), new Set(['KSH-01']), [{ title: 'KSH-01 KSH-99 ADR-0001', passed: true }])).to.deep.equal(['KSH-99']);
  });

  it('has all 145 ids of Kasha once, in order', () => {
    expect(listedSystems(folder)).to.include('kasha');
    expect(readRequirements(folder, 'kasha').map(({ id }) => id)).to.deep.equal(Array.from({ length: 145 }, (_, i) => `KSH-${String(i + 1).padStart(2, '0')}`));
  });
});
