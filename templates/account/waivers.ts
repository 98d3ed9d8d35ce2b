import { defineWaivers } from '../../src/check/waiver';

const owner = 'platform engineering';
const expires = '2027-06-30';

/** Rules that the account's deployment knowingly does not follow, sorted by rule. */
export const waivers = defineWaivers([
  { rule: 'CT.S3.PR.2', resource: 'account/shared/account/account#TrailAccessLogs', reason: 'The bucket is itself where access logs go; logging it into itself would never end', owner, expires, because: 'ADR-0009' },
  { rule: 'CT.S3.PR.10', resource: 'account/shared/account/account#TrailAccessLogs', reason: 'S3 writes access logs under its own key only', owner, expires, because: 'ADR-0009' },
]);
