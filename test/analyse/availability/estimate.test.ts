import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Assumptions } from '../../../src/analyse/availability';
import { estimate } from '../../../src/analyse/availability/estimate';

const assumptions: Assumptions = { regionLossesPerYear: 12, coveredShare: 0.5, decisionMinutes: 10, promotionMinutes: 20, databaseRestartsPerYear: 24, restartMinutes: { 'Multi-AZ': 1, 'Single-AZ': 5 } };
const other = { availability: 0.99, recoverySeconds: 120 };

describe('The estimate', () => {
  const cases = [
    { title: 'counts everything against one region alone', input: { edge: 1, first: 0.999 }, minutes: { edge: 0, uncovered: 43.2, both: 0, takingOver: 0, restarts: 0 } },
    { title: 'counts what a second region does not end, what hits both, and each recovery', input: { edge: 1, first: 0.999, other }, minutes: { edge: 0, uncovered: 21.6, both: 0.216, takingOver: 2, restarts: 0 } },
    { title: 'counts the edge whole, whatever stands behind it', input: { edge: 0.999, first: 1, other: { ...other, recoverySeconds: 0 } }, minutes: { edge: 43.2, uncovered: 0, both: 0, takingOver: 0, restarts: 0 } },
    { title: 'counts short restarts with a standby', input: { edge: 1, first: 1, database: 'Multi-AZ' as const }, minutes: { edge: 0, uncovered: 0, both: 0, takingOver: 0, restarts: 2 } },
    { title: 'counts long restarts without one', input: { edge: 1, first: 1, database: 'Single-AZ' as const }, minutes: { edge: 0, uncovered: 0, both: 0, takingOver: 0, restarts: 10 } },
  ];
  for (const { title, input, minutes } of cases) {
    it(title, () => {
      const result = estimate(input, assumptions);
      for (const [cause, expected] of Object.entries(minutes)) expect(result.minutes[cause as keyof typeof minutes], cause).to.be.closeTo(expected, 1e-6);
      expect(result.availability).to.be.closeTo(1 - Object.values(minutes).reduce((sum, each) => sum + each, 0) / 43_200, 1e-9);
    });
  }

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const input = fc.record({ edge: share, first: share, other: fc.option(fc.record({ availability: share, recoverySeconds: fc.nat(7200) }), { nil: undefined }) });

  it('never falls when edge or region get better, and never leads above the edge', () => {
    fc.assert(
      fc.property(input, share, share, (given, edge, first) => {
        const before = estimate(given, assumptions).availability;
        const better = { ...given, edge: Math.max(given.edge, edge), first: Math.max(given.first, first) };
        return estimate(better, assumptions).availability >= before - 1e-9 && before <= given.edge + 1e-9;
      }),
    );
  });

  it('never rises when recovering takes longer', () => {
    fc.assert(
      fc.property(share, share, share, fc.nat(7200), fc.nat(7200), (edge, first, availability, seconds, more) => {
        const after = (recoverySeconds: number): number => estimate({ edge, first, other: { availability, recoverySeconds } }, assumptions).availability;
        return after(seconds + more) <= after(seconds);
      }),
    );
  });
});
