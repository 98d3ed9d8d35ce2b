import { expect } from 'chai';
import { defineSystem } from '../../src/cfn';
import { Parameter } from '../../src/cfn/generated/ssm';
import { MeridianError } from '../../src/errors';

const only = { create: ['us-east-1'], update: ['us-east-1'] } as const;

const systemWith = (hasZone: boolean, reads: boolean) =>
  defineSystem({
    name: 'small',
    title: 'Small',
    regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'small',
    compliance: 'none',
    environments: { test: { short: 'tst', settings: {} } },
    deployments: (plan) =>
      plan
        .deploy('zone', { description: 'zone', regions: only, when: hasZone, after: [], parameters: {} }, (root) => ({ wires: { Name: root.add('Name', new Parameter({ Type: 'String', Value: 'x' })).att('Value') } }))
        .deploy('base', { description: 'base', regions: only, after: ['zone', 'account'], parameters: {} }, (root, { zone }) => {
          root.add('Base', new Parameter({ Type: 'String', Value: reads ? root.wire(zone.Name) : 'y' }));
          return { wires: {} };
        }),
  }).build('test');

describe('A deployment that an environment leaves out', () => {
  it('is not there, and nobody waits for it', () => {
    expect(systemWith(false, false).deployments.map(({ name, after }) => [name, after])).to.deep.equal([['base', ['account']]]);
    expect(systemWith(true, true).deployments.map(({ name, after }) => [name, after])).to.deep.equal([['zone', []], ['base', ['zone', 'account']]]);
  });

  it('gives nothing: who reads it fails the build', () => {
    expect(() => systemWith(false, true)).to.throw(MeridianError, 'Output Name of zone not there: this environment leaves the deployment out. Read it only where it has it.');
  });
});
