import * as fc from 'fast-check';

/** Names that every object has already, in other scripts, with what shells, paths, YAML and patterns take for their own. */
export const hostileTexts = [
  '', ' ', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '../../etc/passwd', '/dev/null', '.', '..', 'ünïcödé', '東京', '👩‍👩‍👧', '\u202eabc', 'a\nb', 'a\r\nb', '\t', '\u001b[31mred', '\u0000', '\ufeff',
  '*', '&a', '!tag', '%', '{}', '[]', '${x}', '{{resolve:ssm:x}}', "'", '"', '`id`', '$(id)', '--', '-', '-x', 'null', 'true', '~', '1e999', '0x10', 'NaN', '-0', '(a+)+$', '[', '\\', 'x'.repeat(5_000),
] as const;

/** A text, more often a hostile one than not. */
export const hostileText: fc.Arbitrary<string> = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...hostileTexts) }, { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) }, { weight: 1, arbitrary: fc.string({ maxLength: 12 }) });

/** A value as JSON can hold it, wrong more often than not. */
export const hostileValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308),
    hostileText,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(hostileText, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

type Edit = (text: string) => string;

/** A text with random places cut out, repeated, exchanged or filled with what else is given. */
export function edited(text: string, snippets: readonly string[]): fc.Arbitrary<string> {
  const place = fc.nat({ max: text.length });
  const span = fc.tuple(place, fc.nat({ max: 40 }));
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    span.map(([at, length]): Edit => (old) => old.slice(0, at) + old.slice(at + length)),
    span.map(([at, length]): Edit => (old) => old.slice(0, at + length) + old.slice(at)),
    fc.tuple(place, fc.oneof(fc.constantFrom(...snippets), hostileText)).map(([at, snippet]): Edit => (old) => old.slice(0, at) + snippet + old.slice(at)),
    fc.tuple(span, fc.oneof(fc.constantFrom(...snippets), hostileText)).map(([[at, length], snippet]): Edit => (old) => old.slice(0, at) + snippet + old.slice(at + length)),
    place.map((at): Edit => (old) => old.slice(0, at)),
  );
  return fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => edits.reduce((old, change) => change(old), text));
}

/** A copy of a JSON document in which some places are gone, hold something else, or have a neighbour that nobody expects. */
export function damaged(document: unknown): fc.Arbitrary<unknown> {
  const count = placesIn(document);
  const damage = fc.record({ at: fc.nat({ max: count - 1 }), kind: fc.constantFrom('replace', 'remove', 'add'), key: hostileText, value: hostileValue });
  return fc.array(damage, { minLength: 1, maxLength: 3 }).map((damages) => {
    let copy: unknown = structuredClone(document);
    for (const { at, kind, key, value } of damages) copy = changeAt(copy, { left: at }, (old) => (kind === 'replace' ? { value } : kind === 'remove' ? undefined : { value: withNeighbour(old, key, value) }));
    return copy;
  });
}

function placesIn(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, each) => sum + placesIn(each), 1) : 1;
}

/** Changes the place that so many others stand before; `undefined` removes it. */
function changeAt(value: unknown, place: { left: number }, change: (old: unknown) => { readonly value: unknown } | undefined): unknown {
  if (place.left-- === 0) return change(value)?.value;
  if (typeof value !== 'object' || value === null) return value;
  const kept = (each: unknown): boolean => each !== undefined;
  if (Array.isArray(value)) return value.map((each) => changeAt(each, place, change)).filter(kept);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changeAt(each, place, change)]).filter(([, each]) => kept(each)));
}

function withNeighbour(old: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(old)) return [...(old as unknown[]), value];
  return typeof old === 'object' && old !== null ? Object.fromEntries([...Object.entries(old), [key, value]]) : [old, value];
}
