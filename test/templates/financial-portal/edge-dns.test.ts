import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { resolveInstance, type Template } from '../../../src/resolve';
import { edgeDns } from '../../../templates/systems/financial-portal/edge-dns';
import { edgeDnsParameters, edgeDnsTests, type SwitchedSystem } from '../edge-dns-tests';
import { bothRegions, contextOf, environmentNames, ofType, resolved } from './built';

const portal: SwitchedSystem = {
  title: 'Financial portal',
  name: 'financial-portal',
  prefix: 'fin',
  domain: 'portal.example.com',
  regions: bothRegions,
  services: ['web', 'api'],
  stepMinutes: 8,
  objectiveMinutes: 15,
  ids: { alias: 'FIN-40', plan: 'FIN-41 FIN-02', steps: 'FIN-41', rights: 'FIN-41 FIN-49' },
};
const parameters = edgeDnsParameters(portal.domain);
const shorts = { production: 'prod', staging: 'staging', develop: 'dev' } as const;
const account = '111111111111';

for (const environment of environmentNames) {
  const suffix = `${shorts[environment]}-main`;

  describe(`${portal.title} edge DNS of ${environment}`, () => {
    edgeDnsTests(portal, resolved(edgeDns, 'us-east-1', environment, parameters), suffix);

    it('starts by itself, for the secondary region only and at the price of what was not replicated, once an environment accepts it', () => {
      const context = contextOf(environment);
      const settings = { ...context.settings, regionSwitch: { ...context.settings.regionSwitch, automatic: true } };
      const root = JSON.parse(render(edgeDns.build({ ...context, settings }).template)) as Template;
      const automatic = ofType(resolveInstance({ root, region: 'us-east-1', accountId: account, parameters }).root, 'AWS::ARCRegionSwitch::Plan')['RegionSwitch'];
      const alarm = `arn:aws:cloudwatch:us-east-1:${account}:alarm:fin-primary-region-health-${suffix}`;
      expect(automatic.AssociatedAlarms).to.deep.equal({ 'primary-lost': { AlarmType: 'trigger', ResourceIdentifier: alarm } });
      expect(automatic.Triggers).to.deep.equal([
        { Action: 'activate', TargetRegion: 'us-east-1', Description: 'The primary region is lost', Conditions: [{ AssociatedAlarmName: 'primary-lost', Condition: 'red' }], MinDelayMinutesBetweenExecutions: 60 },
      ]);
      expect(JSON.stringify(automatic.Workflows)).to.contain('"Behavior":"failover"').and.not.to.contain('switchoverOnly');
      expect(JSON.stringify(root)).to.contain('cloudwatch:DescribeAlarmHistory');
    });
  });
}
