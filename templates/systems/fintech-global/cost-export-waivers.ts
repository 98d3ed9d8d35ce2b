import { defineWaivers, type Waiver } from '../../../src/check/waiver';

const owner = 'platform engineering';
const expires = '2027-06-30';

/**
 * The waivers that an environment needs for its cost export, whether that is on or off: the check judges what `CostExport` would bring, too.
 * @param environment its name, or `*` for all
 */
export const costExportWaivers = (environment: string): readonly Waiver[] =>
  defineWaivers([
    { rule: 'CT.S3.PR.9', resource: `fintech-global/${environment}/edge/cost#CostRe*`, reason: 'AWS writes the running month anew, and results of queries can be had again; versions keep both for days', owner, expires, because: 'FTG-69' },
    { rule: 'CT.S3.PR.10', resource: `fintech-global/${environment}/edge/cost#CostReports`, reason: 'AWS documents no key policy by which it writes reports under a key of ours', owner, expires, because: 'FTG-69' },
  ]);
