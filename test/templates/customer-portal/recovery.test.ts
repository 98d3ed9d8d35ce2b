import { expect } from 'chai';
import { customerPortal } from '../../../templates/systems/customer-portal';
import { requirement } from '../../requirements/requirement';
import { environmentNames } from './built';
import { wholePortal } from './whole';

describe('The recovery of the customer portal', () => {
  const whole = wholePortal();

  for (const environment of environmentNames) {
    requirement('CUS-02 CUS-37', `takes half an hour at most in ${environment}, of which people have ten minutes, and loses less than a minute of writes`, () => {
      expect(whole(environment).manifest.recovery).to.deep.equal({
        targets: { timeMinutes: 30, pointSeconds: 60, decisionMinutes: 10, toldSeconds: 120 },
        readsSeconds: 90,
        writesSeconds: 1590,
        parts: [
          { seconds: 30, what: 'Dns/EndpointCheck fails 3 times, 10 s apart' },
          { seconds: 60, what: 'resolvers keep the old answer' },
          { seconds: 600, what: 'somebody starts EdgeDns/RegionSwitch' },
          { seconds: 900, what: 'the last step of EdgeDns/RegionSwitch gives up' },
        ],
        lostSeconds: 30,
        toldSeconds: 90,
      });
    });

    requirement('CUS-02 CUS-64', `has in ${environment} a plan that aims at the same time as the system’s definition`, () => {
      const [plan] = whole(environment).resources('AWS::ARCRegionSwitch::Plan');
      expect(plan?.resource.properties['RecoveryTimeObjectiveMinutes']).to.equal(whole(environment).manifest.recovery?.targets.timeMinutes);
    });
  }

  it('is promised by the system’s definition, for every environment', () => {
    expect(customerPortal.environments.map((name) => customerPortal.build(name).recoveryTargets)).to.deep.equal(environmentNames.map(() => ({ timeMinutes: 30, pointSeconds: 60, decisionMinutes: 10, toldSeconds: 120 })));
  });
});
