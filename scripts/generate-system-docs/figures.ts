export { duration } from '../../src/analyse/recovery';

/** Amounts as the pages print them: US dollars with cents, minutes with two places, shares as percent with four. */
export const usd = (amount: number): string => amount.toFixed(2);

/** Minutes of thirty days, from a number of minutes. */
export const minutes = (amount: number): string => `${amount.toFixed(2)} min`;

/** A share from 0 to 1 as percent: four places, because 99.99 % leaves four minutes a month, and rounded down, so that none looks better than it is. */
export const percent = (share: number): string => `${(Math.floor(share * 1e6 + 1e-6) / 1e4).toFixed(4)} %`;
