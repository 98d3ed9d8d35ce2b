import { expect } from 'chai';
import { growthOf, nearQuotas, operationSize } from '../../src/build/growth';
import type { ManifestDeployment } from '../../src/build/manifest';
import { checkOperation, operationResources } from '../../src/cfn/quotas';
import { MeridianError } from '../../src/errors';

const template = (usage: Partial<Record<string, number>>, nests: Readonly<Record<string, string>> = {}): ManifestDeployment['templates'][string] => ({ file: 'x.json', sha256: '0'.repeat(64), usage: usage as Record<string, number>, nests, sources: {} });
const parameters = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { Type: 'String' as const }]));

/** A root with two services of eleven and nine resources, an image parameter each, and a shared template. */
const templates = {
  root: template({ resources: 3, parameters: 4, outputs: 0, bytes: 1000 }, { AccountApi: 'service-account-api', CardApi: 'service-card-api', Board: 'board' }),
  'service-account-api': template({ resources: 11 }),
  'service-card-api': template({ resources: 9 }),
  board: template({ resources: 1, parameters: 2, outputs: 0, bytes: 500 }),
};
const bodies = {
  root: { Parameters: parameters('DomainName', 'VpcId', 'AccountApiImage', 'FoundationCardApiGroupId'), Resources: { AccountApi: {}, CardApi: {}, Board: {} } as never },
  board: { Parameters: parameters('CardApiTargets', 'Cardinal'), Resources: { Dashboard: {} } as never },
};
const stacks = ['AccountApi', 'CardApi'];

describe('The growth of a deployment', () => {
  it('counts the resources of all stacks, a template nested twice twice', () => {
    expect(operationSize(templates)).to.equal(24);
    expect(operationSize({ ...templates, root: template({ resources: 2 }, { A: 'board', B: 'board' }) })).to.equal(4);
  });

  it('says how many more fit until which quota, the first reached first', () => {
    const growth = growthOf({ unit: 'service', stacks }, templates, bodies);
    expect([growth?.unit, growth?.count]).to.deep.equal(['service', 2]);
    const fits = Object.fromEntries((growth?.quotas ?? []).map(({ quota, of, used, limit, fits: room }) => [quota, { of, used, limit, room }]));
    // Two of four parameters belong to services: each further one takes one of the 196 that are left.
    expect(fits['parameters']).to.deep.equal({ of: 'root', used: 4, limit: 200, room: 198 });
    // 22 of 24 resources belong to two services: 11 each.
    expect(fits['resources of an operation']).to.deep.equal({ of: 'deployment', used: 24, limit: 2500, room: 2 + Math.floor(2476 / 11) });
    expect(fits['resources']).to.deep.equal({ of: 'root', used: 3, limit: 500, room: 499 });
    expect(fits['outputs']).to.equal(undefined);
    const rooms = (growth?.quotas ?? []).map(({ fits: room }) => room);
    expect(rooms).to.deep.equal([...rooms].sort((a, b) => a - b));
  });

  it('takes the template that is full first where several have a quota', () => {
    const board = { ...templates, board: template({ resources: 1, parameters: 190, outputs: 0, bytes: 500 }) };
    const growth = growthOf({ unit: 'service', stacks }, board, bodies);
    expect(growth?.quotas.find(({ quota }) => quota === 'parameters')).to.deep.include({ of: 'board', used: 190, fits: 22 });
  });

  it('says nothing while there is none to reckon from', () => expect(growthOf({ unit: 'service', stacks: [] }, templates, bodies)).to.equal(undefined));

  it('warns of quotas above 80 %, not at it, in a template and in the deployment as a whole', () => {
    const at = (resources: number) => nearQuotas({ name: 'core', templates: { root: template({ resources }) } });
    expect(at(400)).to.deep.equal([]);
    expect(at(401)).to.deep.equal([{ of: 'core/root', quota: 'resources', used: 401, limit: 500 }]);
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`S${i}`, 'full']));
    const near = nearQuotas({ name: 'core', templates: { root: template({ resources: 5 }, many), full: template({ resources: 400 }) } });
    expect(near).to.deep.equal([{ of: 'core', quota: 'resources of an operation', used: 2005, limit: 2500 }]);
  });

  it('warns of a root before it is too large for a StackSet, which takes less than CloudFormation', () => {
    const bytes = 400_000;
    expect(nearQuotas({ name: 'core', templates: { root: template({ bytes }), other: template({ bytes }) } })).to.deep.equal([{ of: 'core/root', quota: 'bytes', used: bytes, limit: 460_800 }]);
  });

  it('fails the build over 2,500 resources in one operation, with the number and the limit', () => {
    checkOperation('lookcard/core', operationResources);
    expect(() => checkOperation('lookcard/core', 2501)).to.throw(MeridianError, /lookcard\/core over quota: its stacks have 2501 resources, CloudFormation deals with 2500/);
  });
});
