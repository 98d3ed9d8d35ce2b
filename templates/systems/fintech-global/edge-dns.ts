import { regionSwitchPlan } from '../../modules/dns/region-switch-plan';
import { arn } from '../../modules/security/policy';
import { defineTemplate } from './environments';
import { failoverRunbook, recoveryTargets } from './recovery';
import { regionSwitch, regionSwitchRoleName } from './region-switch';

/**
 * The plan that makes either region the one that writes: failover and, the other way, failback. Sessions need no step of it, because both
 * replicas of their table take writes all the time; nor does the domain, which follows the regions' health.
 */
export const edgeDns = defineTemplate('edge-dns', { description: 'FinTech Global region-switch plan', parameters: {} }, (t) => {
  regionSwitchPlan(t, 'RegionSwitch', {
    ...regionSwitch(t),
    description: `Makes the database of a region the one that writes and scales its pods. Before starting it read ${failoverRunbook}`,
    recoveryTimeObjectiveMinutes: recoveryTargets.timeMinutes,
    stepTimeoutMinutes: t.settings.regionSwitch.stepTimeoutMinutes,
    wayBack: 'Returns to the primary region, once its cluster replicates again',
    roleArn: arn('iam', `role/${regionSwitchRoleName(t).text}`, { region: '' }),
  });
  return {};
});
