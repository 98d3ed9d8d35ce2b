import { expect } from 'chai';
import { failbackPage } from '../../../src/rollout/preflight/failover-problems';

describe('A rollout that refuses after a failover', () => {
  for (const [system, named] of [
    ['kasha', 'docs/runbooks/kasha/failback.md'],
    ['financial-portal', 'docs/runbooks/financial-portal/failback.md'],
    ['a-system-without-runbooks', 'docs/rollout.md'],
  ] as const) {
    it(`names ${named} for ${system}`, () => {
      expect(failbackPage(system)).to.equal(named);
    });
  }
});
