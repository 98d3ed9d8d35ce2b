import { expect } from 'chai';
import { surroundings } from '../../src/mutate/surroundings';

const resource = (...refers: readonly string[]) => ({ Type: 'AWS::SQS::Queue', Properties: { Refers: refers.map((Ref) => ({ Ref })) } });

/** A queue with its dead letters, a policy of it, their key, and a stranger that uses the key. */
const before = { Queue: resource('DeadLetters', 'Key'), DeadLetters: resource('Key'), Policy: resource('Queue', 'Role'), Role: resource('Boundary'), Boundary: resource(), Key: resource(), Stranger: resource('Key') };

const names = (ids: readonly string[], after: Parameters<typeof surroundings>[0][number] = before) => {
  const near = surroundings([before, after], new Set(ids));
  return Object.keys(after).filter((id) => near.has(id));
};

describe('the surroundings of a change', () => {
  it('are what it refers to and what refers to it, and what these refer to', () => {
    expect(names(['Queue'])).to.deep.equal(['Queue', 'DeadLetters', 'Policy', 'Role', 'Key']);
  });

  it('have those who share nothing with it but a key, only when the key is what changed', () => {
    expect(names(['DeadLetters'])).not.to.include('Stranger');
    expect(names(['Key'])).to.include('Stranger');
  });

  it('are those of before, too, where the resource or a reference is gone', () => {
    const { Queue: _gone, ...after } = before;
    expect(names(['Queue'], after)).to.deep.equal(['DeadLetters', 'Policy', 'Role', 'Key']);
    expect(names(['Policy'], { ...before, Policy: resource() })).to.deep.equal(['Queue', 'DeadLetters', 'Policy', 'Role', 'Boundary', 'Key']);
  });
});
