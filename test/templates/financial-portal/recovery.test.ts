import { expect } from 'chai';
import { financialPortal } from '../../../templates/systems/financial-portal';
import { requirement } from '../../requirements/requirement';
import { environmentNames } from './built';
import { wholePortal } from './whole';

describe('The recovery of the financial portal', () => {
  const whole = wholePortal();

  for (const environment of environmentNames) {
    requirement('FIN-74 FIN-02', `takes a quarter of an hour at most in ${environment}, of which people have five minutes, and loses less than a minute of writes`, () => {
      expect(whole(environment).manifest.recovery).to.deep.equal({
        targets: { timeMinutes: 15, pointSeconds: 60, decisionMinutes: 5, toldSeconds: 120 },
        readsSeconds: 90,
        writesSeconds: 870,
        parts: [
          { seconds: 30, what: 'Dns/EndpointCheck fails 3 times, 10 s apart' },
          { seconds: 60, what: 'resolvers keep the old answer' },
          { seconds: 300, what: 'somebody starts EdgeDns/RegionSwitch' },
          { seconds: 480, what: 'the last step of EdgeDns/RegionSwitch gives up' },
        ],
        lostSeconds: 30,
        toldSeconds: 90,
      });
    });

    requirement('FIN-74 FIN-41', `has in ${environment} a plan that aims at the same time as the system’s definition`, () => {
      const [plan] = whole(environment).resources('AWS::ARCRegionSwitch::Plan');
      expect(plan?.resource.properties['RecoveryTimeObjectiveMinutes']).to.equal(whole(environment).manifest.recovery?.targets.timeMinutes);
    });
  }

  it('is promised by the system’s definition, for every environment', () => {
    expect(financialPortal.environments.map((name) => financialPortal.build(name).recoveryTargets)).to.deep.equal(environmentNames.map(() => ({ timeMinutes: 15, pointSeconds: 60, decisionMinutes: 5, toldSeconds: 120 })));
  });
});
