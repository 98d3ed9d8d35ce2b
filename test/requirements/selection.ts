import { alteredShape } from './alteration';
import { read, reading, unread } from './recording';
import { pathOf } from './view';

let selections = 0;

/** Begins to count selections anew, so that each has the same number whenever its test runs. */
export function countSelections(): void {
  selections = 0;
}

/**
 * The elements of a list that a predicate chooses. Which ones they are counts as read, and so does what the predicate read of
 * them; what it read of the others does not, because an assertion about the chosen ones says nothing of these.
 */
export function chosen<T>(list: Iterable<T>, predicate: (element: T) => boolean): readonly T[] {
  const elements = list[Symbol.iterator]();
  const own: T[] = [];
  for (let next = tried(elements, predicate); !next.done; next = tried(elements, predicate)) if (next.holds) own.push(next.element);
  return shapeRead(`selection ${(selections += 1)}, where ${written(predicate)}`, own);
}

function tried<T>(elements: Iterator<T>, predicate: (element: T) => boolean): { readonly done: true } | { readonly done: false; readonly holds: boolean; readonly element: T } {
  const { result, reads } = reading(() => {
    const next = elements.next();
    return next.done ? ({ done: true } as const) : ({ done: false, holds: predicate(next.value), element: next.value } as const);
  });
  if (!result.done && result.holds) for (const path of reads) read(path);
  return result;
}

/** The texts in a template, or in a part of one, that match a pattern, each once and sorted: one path, however much is searched. */
export function textsIn(value: object, pattern: RegExp): readonly string[] {
  const json = unread(() => JSON.stringify(value, (_, inner: unknown) => (inner instanceof Map ? Object.fromEntries(inner) : inner)));
  return shapeRead(`${pathOf(value) || 'templates'} (what matches ${String(pattern)})`, [...new Set(json.match(pattern))].sort());
}

function shapeRead<T>(path: string, list: readonly T[]): readonly T[] {
  return read(path) ? alteredShape(list) : list;
}

const written = (predicate: (element: never) => boolean): string => predicate.toString().replaceAll(/\s+/g, ' ');
