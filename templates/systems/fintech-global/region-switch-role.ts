import { regionSwitchRole as role } from '../../modules/dns/region-switch-role';
import { defineTemplate } from './environments';
import { regionSwitch } from './region-switch';

/** The role of the region-switch plan. It stands before the clusters: EKS takes no access entry for a role that does not exist. */
export const regionSwitchRole = defineTemplate('region-switch-role', { description: 'FinTech Global role of the region-switch plan', parameters: {} }, (t) => {
  role(t, 'RegionSwitchRole', regionSwitch(t));
  return {};
});
