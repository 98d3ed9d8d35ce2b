import { defineWaivers, type Waiver } from '../../../src/check/waiver';

const owner = 'platform engineering';
const expires = '2027-06-30';

/**
 * The waivers that an environment needs while it exports costs, and only then: a waiver that excuses nothing is a finding itself. They go
 * into the list of `waivers.ts` with the change that enables `CostExport`.
 */
export const costExportWaivers = (environment: string): readonly Waiver[] =>
  defineWaivers([
    { rule: 'CT.S3.PR.9', resource: `fintech-global/${environment}/edge/cost#CostRe*`, reason: 'AWS writes the running month anew, and results of queries can be had again; versions keep both for days', owner, expires, because: 'FTG-69' },
    { rule: 'CT.S3.PR.10', resource: `fintech-global/${environment}/edge/cost#CostReports`, reason: 'AWS documents no key policy by which it writes reports under a key of ours', owner, expires, because: 'FTG-69' },
  ]);
