import { isIntrinsic, isList, isObject, isSame, type Json, type JsonObject } from './json';
import { changeText, type Alteration, type Mistake, type Resource } from './operator';
import { documentIn, withDocument } from './policy-text';

/** What a value becomes; undefined when the mistake can't be made there. */
export type Edit = (value: Json | undefined, holder: JsonObject) => Json | typeof absent | undefined;

/** The result of an edit that takes the value away. */
export const absent: unique symbol = Symbol('absent');

interface Place {
  readonly keys: readonly (string | number)[];
  readonly holder: JsonObject;
  readonly value: Json | undefined;
}

/**
 * Makes a mistake at each place that a path names.
 * @param path property names joined by dots; `[]` after one stands for each element of its list; `$.` before it means the resource itself
 *   rather than its `Properties`. Nothing is found behind an intrinsic function but in a policy document that is JSON text.
 */
export function edit(path: string, change: Edit): Mistake {
  return (resource) =>
    placesOf(resource, path).flatMap(({ keys, holder, value }) => {
      const after = change(value, holder);
      if (after === undefined || isSame(after === absent ? undefined : after, value)) return [];
      const altered = withValue(resource, keys, after) as Resource;
      return [{ place: placeOf(keys), change: changeText(value, after === absent ? undefined : after), resource: altered }];
    });
}

/** Writes a value, also where there is none; not where an intrinsic function stands. */
export function set(path: string, value: Json): Mistake {
  return edit(path, (before) => (isIntrinsic(before) ? undefined : value));
}

/** Writes a value over another one; not where there is none. */
export function turn(path: string, value: Json): Mistake {
  return edit(path, (before) => (before === undefined || isIntrinsic(before) ? undefined : value));
}

/** Writes a value over whatever is there, be it an intrinsic function. */
export function replace(path: string, value: Json): Mistake {
  return edit(path, (before) => (before === undefined ? undefined : value));
}

/** Leaves a property out. */
export function drop(path: string): Mistake {
  return edit(path, (before) => (before === undefined ? undefined : absent));
}

/** Leaves out the elements of a list that are meant; the list stays, be it empty. */
export function without(path: string, isMeant: (element: Json) => boolean): Mistake {
  return edit(path, (list) => (isList(list) && list.some(isMeant) ? list.filter((element) => !isMeant(element)) : undefined));
}

/** Adds an element to a list, or makes the list. */
export function withElement(path: string, element: Json): Mistake {
  return edit(path, (list) => (list === undefined || isList(list) ? [...(list ?? []), element] : undefined));
}

/** Keeps the first elements of a list that has more; of a list that comes from elsewhere the first one. @param count how many stay */
export function onlyFirst(path: string, count: number): Mistake {
  return edit(path, (list) => {
    if (isObject(list) && list.Ref !== undefined && count === 1) return [{ 'Fn::Select': [0, list] }];
    return isList(list) && list.length > count ? list.slice(0, count) : undefined;
  });
}

/** Removes the resource whole. */
export const removed: Mistake = () => [{ place: '', change: 'resource → (absent)', resource: undefined }];

/** Any of several mistakes. */
export function anyOf(...mistakes: readonly Mistake[]): Mistake {
  return (resource) => mistakes.flatMap((mistake) => mistake(resource));
}

/** Several edits that make one mistake together; nothing when none of them changes anything. */
export function together(...mistakes: readonly Mistake[]): Mistake {
  return (resource) => {
    const done = mistakes.reduce<Alteration | undefined>((before, mistake) => {
      const [next] = mistake(before?.resource ?? resource);
      return next === undefined ? before : joined(before, next);
    }, undefined);
    return done ? [done] : [];
  };
}

function joined(before: Alteration | undefined, next: Alteration): Alteration {
  return before ? { ...next, place: `${before.place}, ${next.place}`, change: `${before.change}; ${next.change}` } : next;
}

/** A mistake that can only be made in some resources of a type. */
export function when(isMeant: (properties: JsonObject, resource: Resource) => boolean, mistake: Mistake): Mistake {
  return (resource) => (isMeant(isObject(resource.Properties) ? resource.Properties : {}, resource) ? mistake(resource) : []);
}

/** Writes the policies by which CloudFormation decides what becomes of a resource's data. */
export function deletionPolicy(policy: 'Delete'): Mistake {
  return together(turn('$.DeletionPolicy', policy), turn('$.UpdateReplacePolicy', policy));
}

function placesOf(resource: Resource, path: string): readonly Place[] {
  const own = path.startsWith('$.');
  const steps = (own ? path.slice(2) : path).split('.');
  const start: Place = own ? { keys: [], holder: {}, value: resource } : { keys: ['Properties'], holder: resource, value: resource.Properties ?? {} };
  return steps.reduce<readonly Place[]>((places, step) => places.flatMap((place) => follow(place, step)), [start]);
}

function follow({ keys, value: held }: Place, step: string): readonly Place[] {
  const value = documentIn(held) ?? held;
  if (!isObject(value) || isIntrinsic(value)) return [];
  const name = step.replace(/\[\]$/, '');
  const found = value[name];
  if (!step.endsWith('[]')) return [{ keys: [...keys, name], holder: value, value: found }];
  return isList(found) ? found.map((element, index) => ({ keys: [...keys, name, index], holder: value, value: element })) : [];
}

function withValue(value: Json | undefined, keys: readonly (string | number)[], after: Json | typeof absent): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return after === absent ? null : after;
  const document = documentIn(value);
  if (document) return withDocument(value, withValue(document, keys, after));
  if (isList(value)) return value.flatMap((element, index) => (index !== key ? [element] : rest.length === 0 && after === absent ? [] : [withValue(element, rest, after)]));
  const holder = isObject(value) ? value : {};
  if (rest.length === 0 && after === absent) return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key));
  return { ...holder, [key]: withValue(holder[key], rest, after) };
}

function placeOf(keys: readonly (string | number)[]): string {
  const inside = keys[0] === 'Properties' ? keys.slice(1) : keys;
  return inside.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');
}
