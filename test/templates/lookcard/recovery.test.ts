import { expect } from 'chai';
import { lookcard } from '../../../templates/systems/lookcard';
import { requirement } from '../../requirements/requirement';
import { environmentNames } from './built';
import { wholePlatform } from './whole';

const targets = { timeMinutes: 30, pointSeconds: 60, decisionMinutes: 5, toldSeconds: 120 };

describe('The recovery of LookCard', () => {
  const whole = wholePlatform();

  requirement('LKC-112', 'takes less than half an hour in production, of which people have five minutes and database and services ten side by side, and loses less than a minute of writes', () => {
    expect(whole('production').manifest.recovery).to.deep.equal({
      targets,
      readsSeconds: 90,
      writesSeconds: 990,
      parts: [
        { seconds: 30, what: 'Dns/EndpointCheck fails 3 times, 10 s apart' },
        { seconds: 60, what: 'resolvers keep the old answer' },
        { seconds: 300, what: 'somebody starts RegionSwitch/RegionSwitch' },
        { seconds: 600, what: 'the last step of RegionSwitch/RegionSwitch gives up' },
      ],
      lostSeconds: 30,
      toldSeconds: 90,
    });
  });

  requirement('LKC-112', 'has plans that aim at the same time as the system’s definition', () => {
    const plans = whole('production').resources('AWS::ARCRegionSwitch::Plan');
    expect(plans).not.to.have.length(0);
    for (const { place, resource } of plans) expect(resource.properties['RecoveryTimeObjectiveMinutes'], place).to.equal(whole('production').manifest.recovery?.targets.timeMinutes);
  });

  it('LKC-112 is promised by the system’s definition for production, the only environment with a second region', () => {
    expect(Object.fromEntries(environmentNames.map((name) => [name, lookcard.build(name).recoveryTargets]))).to.deep.equal({ production: targets, staging: undefined, testing: undefined, develop: undefined, sandbox: undefined });
  });
});
