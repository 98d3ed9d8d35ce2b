import { expect } from 'chai';
import { fintechGlobal } from '../../../templates/systems/fintech-global';
import { requirement } from '../../requirements/requirement';
import { environmentNames } from './built';
import { wholePlatform } from './whole';

const targets = { timeMinutes: 30, pointSeconds: 60, decisionMinutes: 5, toldSeconds: 120 };

describe('The recovery of FinTech Global', () => {
  const whole = wholePlatform();

  for (const environment of environmentNames) {
    requirement('FTG-28', `takes half an hour at most in ${environment}, of which people have five minutes and database and pods twenty side by side, and loses less than a minute of writes`, () => {
      expect(whole(environment).manifest.recovery).to.deep.equal({
        targets,
        readsSeconds: 90,
        writesSeconds: 1590,
        parts: [
          { seconds: 30, what: 'Dns/EndpointCheck fails 3 times, 10 s apart' },
          { seconds: 60, what: 'resolvers keep the old answer' },
          { seconds: 300, what: 'somebody starts EdgeDns/RegionSwitch' },
          { seconds: 1200, what: 'the last step of EdgeDns/RegionSwitch gives up' },
        ],
        lostSeconds: 30,
        toldSeconds: 90,
      });
    });

    requirement('FTG-28', `has in ${environment} a plan that aims at the same time as the system’s definition`, () => {
      const [plan] = whole(environment).resources('AWS::ARCRegionSwitch::Plan');
      expect(plan?.resource.properties['RecoveryTimeObjectiveMinutes']).to.equal(whole(environment).manifest.recovery?.targets.timeMinutes);
    });
  }

  it('FTG-28 is promised by the system’s definition, for every environment', () => {
    expect(fintechGlobal.environments.map((name) => fintechGlobal.build(name).recoveryTargets)).to.deep.equal(environmentNames.map(() => targets));
  });
});
