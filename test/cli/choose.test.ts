import { expect } from 'chai';
import { defineSystem, type System } from '../../src/cfn';
import { ownSystems, systemsTogether } from '../../src/cli/choose';
import { systems } from '../../templates/systems';

const named = (all: readonly System[]): readonly string[] => all.map(({ name }) => name);

describe('The choice of systems', () => {
  it('rolls together what stands in one account: the organisation’s policies are rolled by name alone', () => {
    expect(named(systems)).to.include.members(['account', 'organization', 'kasha']);
    expect(named(systemsTogether(systems))).to.include.members(['account', 'kasha']).and.not.to.include('organization');
    expect(named(ownSystems(systemsTogether(systems)))).not.to.include('account');
  });

  it('takes a system for one among others unless it says that it stands alone', () => {
    const definition = { title: 'Shop', regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' }, namePattern: 'x', costCenter: 'x', compliance: 'x', environments: {}, deployments: (plan: never) => plan };
    const shop = defineSystem({ ...definition, name: 'shop' });
    const alone = defineSystem({ ...definition, name: 'alone', standsAlone: true });
    expect(named(systemsTogether([shop, alone]))).to.deep.equal(['shop']);
  });
});
