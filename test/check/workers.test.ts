import { expect } from 'chai';
import * as fc from 'fast-check';
import { balance, Workers } from '../../src/check/workers';

describe('the processes of a check', () => {
  it('get every piece of work once, in batches that differ by no more than the largest piece', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1 }), fc.integer({ min: 1, max: 8 }), (pieces, count) => {
        const batches = balance(pieces, count, (piece) => piece);
        const totals = batches.map((batch) => batch.reduce((sum, piece) => sum + piece, 0));
        expect(batches.flat().sort()).to.deep.equal([...pieces].sort());
        expect(batches).to.have.length(Math.min(count, pieces.length));
        expect(Math.max(...totals) - Math.min(...totals)).to.be.at.most(Math.max(...pieces));
      }),
    );
  });

  it('never run more at a time than there are jobs, over all steps together', async () => {
    const workers = new Workers(2);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
    };
    await workers.all([workers.run([1, 2, 3], work), workers.run([4, 5], work)]);
    expect(most).to.equal(2);
  });

  it('are all ended when one fails, and its failure is the one that is told', async () => {
    const workers = new Workers(3);
    const ended: string[] = [];
    const untilEnded = (name: string, signal: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          ended.push(name);
          reject(new Error(`${name} was ended`));
        }),
      );
    const failing = workers.run(['broken', 'sibling'], (name, signal) => (name === 'broken' ? Promise.reject(new Error('broken')) : untilEnded(name, signal)));
    const other = workers.run(['other step'], untilEnded);
    const failure = await workers.all([failing, other]).catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'broken');
    expect(ended.sort()).to.deep.equal(['other step', 'sibling']);
  });
});
