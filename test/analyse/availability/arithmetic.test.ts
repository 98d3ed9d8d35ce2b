import { expect } from 'chai';
import * as fc from 'fast-check';
import { availabilityOfMinutes, eitherOf, inSeries, minutesDown } from '../../../src/analyse/availability/arithmetic';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const shares = fc.array(share, { minLength: 1, maxLength: 12 });

describe('Availability arithmetic', () => {
  const series = [
    { parts: [], whole: 1 },
    { parts: [0.999], whole: 0.999 },
    { parts: [0.9999, 0.9999, 0.9999, 0.9999], whole: 0.99960006 },
    { parts: [0.999, 0.9996], whole: 0.9986004 },
  ];
  for (const { parts, whole } of series) {
    it(`composes ${parts.join(' × ') || 'nothing'} to ${whole}`, () => {
      expect(inSeries(parts)).to.be.closeTo(whole, 1e-9);
    });
  }

  const months = [
    { percent: 99.99, minutes: 4.32 },
    { percent: 99.95, minutes: 21.6 },
    { percent: 99.9, minutes: 43.2 },
    { percent: 100, minutes: 0 },
  ];
  for (const { percent, minutes } of months) {
    it(`leaves ${minutes} minutes in thirty days at ${percent} %`, () => {
      expect(minutesDown(percent / 100)).to.be.closeTo(minutes, 1e-9);
    });
  }

  it('composes to no more than the weakest part', () => {
    fc.assert(fc.property(shares, (parts) => inSeries(parts) <= Math.min(...parts)));
  });

  it('never falls when a part gets better', () => {
    fc.assert(fc.property(shares, fc.nat(), share, (parts, at, better) => inSeries(parts.map((part, i) => (i === at % parts.length ? Math.max(part, better) : part))) >= inSeries(parts)));
  });

  it('is at least as good with two as with the better of them', () => {
    fc.assert(fc.property(share, share, (a, b) => eitherOf(a, b) >= Math.max(a, b) - 1e-12 && eitherOf(a, b) <= 1));
  });

  it('turns availability to minutes and back', () => {
    fc.assert(fc.property(share, (a) => Math.abs(availabilityOfMinutes(minutesDown(a)) - a) < 1e-9));
    expect(availabilityOfMinutes(1e9)).to.equal(0);
  });
});
