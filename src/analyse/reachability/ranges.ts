/** Whole numbers from the first to the last, both included. */
export type Range = readonly [first: number, last: number];

/** A set of whole numbers: ranges in ascending order that neither overlap nor touch. Made by {@link rangesOf} and kept so by the rest. */
export type Ranges = readonly Range[];

/** The set that some ranges cover, in whatever order they are given. A range whose last number is below its first covers none. */
export function rangesOf(...ranges: readonly Range[]): Ranges {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].filter((range) => range[0] <= range[1]).sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** The numbers that are in any of the sets. */
export function union(...sets: readonly Ranges[]): Ranges {
  return rangesOf(...sets.flat());
}

/** The numbers that are in both sets. */
export function intersection(a: Ranges, b: Ranges): Ranges {
  return rangesOf(...a.flatMap(([first, last]) => b.map(([start, end]): Range => [Math.max(first, start), Math.min(last, end)])));
}

/** The numbers of the first set that are not in the second. */
export function difference(from: Ranges, without: Ranges): Ranges {
  return without.reduce<Ranges>(
    (left, [start, end]) => rangesOf(...left.flatMap(([first, last]): Range[] => [[first, Math.min(last, start - 1)], [Math.max(first, end + 1), last]])),
    from,
  );
}

/** Whether the sets hold the same numbers. */
export function isSame(a: Ranges, b: Ranges): boolean {
  return a.length === b.length && a.every(([first, last], index) => first === b[index]?.[0] && last === b[index]?.[1]);
}

/** Whether every number of the second set is in the first. */
export function covers(all: Ranges, part: Ranges): boolean {
  return difference(part, all).length === 0;
}
