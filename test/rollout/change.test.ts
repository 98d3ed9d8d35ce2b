import type { Stack, StackInstanceSummary } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { changeOf, type InstanceFacts } from '../../src/rollout/change';

const instance: StackInstanceSummary = { Status: 'CURRENT' };
const stack = (StackStatus: Stack['StackStatus']): Stack => ({ StackName: 's', CreationTime: new Date(0), StackStatus });
const same = { definitionChanges: [], staleWires: [], instance, stack: stack('UPDATE_COMPLETE') };

describe('what a node has to do', () => {
  const cases: [string, InstanceFacts, string, string[]][] = [
    ['creates where there is no instance', { definitionChanges: [], staleWires: [] }, 'create', []],
    ['does nothing when everything is equal', same, 'none', []],
    ['updates when the template changed', { ...same, definitionChanges: ['template'] }, 'update', ['template']],
    ['updates when a wire gives another value', { ...same, staleWires: ['VpcId'] }, 'update', ['wire VpcId']],
    ['updates a stack that was changed past its StackSet', { ...same, foreignChanges: ['template'] }, 'update', ['template changed past the StackSet']],
    ['updates an instance that is outdated', { ...same, instance: { Status: 'OUTDATED' } }, 'update', ['outdated']],
    ['updates after a failed update was undone', { ...same, instance: { Status: 'OUTDATED' }, stack: stack('UPDATE_ROLLBACK_COMPLETE') }, 'update', ['outdated']],
    ['updates an instance whose stack is gone', { definitionChanges: [], staleWires: [], instance: { Status: 'OUTDATED' } }, 'update', ['outdated']],
    ['recreates a stack whose first creation failed', { ...same, stack: stack('ROLLBACK_COMPLETE') }, 'recreate', ['stack in ROLLBACK_COMPLETE']],
  ];
  for (const [name, facts, action, reasons] of cases) {
    it(name, () => expect(changeOf(facts)).to.deep.equal({ action, reasons }));
  }
});
