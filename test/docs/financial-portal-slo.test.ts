import { expect } from 'chai';
import { environments } from '../../templates/systems/financial-portal/environments';
import { objectives } from '../../templates/systems/financial-portal/objectives';
import { recoveryTargets } from '../../templates/systems/financial-portal/recovery';
import { cost } from '../../templates/systems/financial-portal/cost';
import { edgeMonitoring } from '../../templates/systems/financial-portal/edge-monitoring';
import { monitoring } from '../../templates/systems/financial-portal/monitoring';
import { render } from '../../src/cfn/render';
import { contextOf } from '../templates/financial-portal/built';
import { page } from './pages';

const { text } = page('docs/systems/financial-portal-slo.md');
const badShare = (100 - objectives.goodPercent) / 100;
const minutes = (days: number): number => days * 24 * 60 * badShare;

describe('The page of the financial portal’s objective', () => {
  it('FIN-01 names the objectives, the alarms on their budget and the budget of the cost centre as the templates do', () => {
    const templates = [monitoring, edgeMonitoring, cost].map((definition) => render(definition.build(contextOf('production')).template)).join('\n');
    const named = [...new Set([...text.matchAll(/`(fin-[a-z0-9-]+)-<env>-<suffix>/g)].map(([, name]) => name))];
    expect(named.sort()).to.deep.equal(['fin-availability', 'fin-edge-availability', 'fin-edge-budget-360', 'fin-edge-budget-60', 'fin-latency', 'fin-monthly']);
    for (const name of named) expect(templates).to.contain(`"${name}-prod-\${EnvironmentSuffix}`);
  });

  it('FIN-01 tells the minutes that may fail in thirty days, a month and a year, from the objective itself', () => {
    expect(text).to.match(new RegExp(`\\| 30 days[^|]*\\| ${minutes(30).toFixed(1)} \\| ${(badShare * 1e6).toFixed(0)} \\|`));
    expect(text).to.match(new RegExp(`\\| a month[^|]*\\| ${minutes(365.25 / 12).toFixed(1)} \\|`));
    expect(text).to.match(new RegExp(`\\| a year \\| ${minutes(365.25).toFixed(0)} \\|`));
    expect([minutes(30).toFixed(1), minutes(365.25 / 12).toFixed(1)]).to.deep.equal(['21.6', '21.9']);
  });

  it('FIN-01 tells the goal, the seconds of a good answer and what a failover takes of the budget', () => {
    expect(text.match(/99\.95 % \|/g)).to.have.length(3);
    expect(objectives).to.deep.equal({ goodPercent: 99.95, answersWithin: 2 });
    expect(text).to.contain('within two seconds').and.to.contain('answered within 2 s');
    expect(recoveryTargets.timeMinutes).to.equal(15);
    expect(recoveryTargets.timeMinutes / minutes(30)).to.be.within(0.64, 0.72);
    expect(text).to.contain('up to fifteen minutes').and.to.contain('two thirds');
  });

  it('FIN-01 says who decides when the budget goes', () => {
    for (const who of ['the engineer on call', 'the product owner', 'the business']) expect(text).to.contain(`| ${who}`);
  });

  it('FIN-62 tells how the cost allocation tags are activated, and what each environment’s budget is', () => {
    expect(text).to.contain('aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=CostCenter,Status=Active');
    expect(text).to.contain('`CostCenter` = `financial-portal`');
    const usd = (environment: keyof typeof environments): string => environments[environment].settings.monthlyBudgetUsd.toLocaleString('en-US');
    expect(text).to.contain(`${usd('production')} US dollars for \`production\`, ${usd('staging')} for each of the others`);
    expect(usd('develop')).to.equal(usd('staging'));
  });
});
