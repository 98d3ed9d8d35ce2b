import { expect } from 'chai';
import { compositesOf } from '../../src/mutate/composite';
import { mutantsOf, type Mutant } from '../../src/mutate/mutant';
import { removed, set } from '../../src/mutate/mistakes';
import type { Operator } from '../../src/mutate/operator';
import type { CheckedTemplate } from '../../src/check/checked-template';

const operator = (id: string, mistake: Operator['mistake']): Operator => ({ id, title: id, severity: 'LOW', controls: [], types: ['AWS::SQS::Queue'], mistake });
const template = { path: 'data.json', body: { Resources: { A: { Type: 'AWS::SQS::Queue' }, B: { Type: 'AWS::SQS::Queue', DependsOn: 'A' } } } } as object as CheckedTemplate;
const mutants: readonly Mutant[] = mutantsOf(template, [operator('named', set('QueueName', 'a')), operator('gone', removed)]);

describe('mutants put together', () => {
  it('are never two in the same resource', () => {
    const composites = compositesOf(mutants, 16);
    expect(composites.map(({ members }) => members.map(({ operator: { id }, logicalId }) => `${id} ${logicalId}`))).to.deep.equal([['named A', 'named B'], ['gone A', 'gone B']]);
    expect(composites[0]?.body.Resources).to.deep.equal({ A: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'a' } }, B: { Type: 'AWS::SQS::Queue', DependsOn: 'A', Properties: { QueueName: 'a' } } });
    expect(composites[1]?.body.Resources).to.deep.equal({});
  });

  it('are alone when that is asked for', () => expect(compositesOf(mutants, 1)).to.have.length(mutants.length));
});
