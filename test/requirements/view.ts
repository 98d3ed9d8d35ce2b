import { Unknown } from '../../src/resolve';
import { altered, alteredShape } from './alteration';
import { isAltered, isRecording, read, readValue } from './recording';

/** What JavaScript and chai ask every object for, and no template holds. */
const askedOfAll = new Set<PropertyKey>(['constructor', 'then', 'toJSON', 'inspect', 'nodeType', 'asymmetricMatch']);

/** How CloudFormation spells what the resolver has in its own spelling. */
const spelling: Readonly<Record<string, string>> = {
  resources: 'Resources',
  properties: 'Properties',
  outputs: 'Outputs',
  value: 'Value',
  type: 'Type',
  dependsOn: 'DependsOn',
  deletionPolicy: 'DeletionPolicy',
  updateReplacePolicy: 'UpdateReplacePolicy',
  byId: 'Resources',
  leaving: 'references',
};

const paths = new WeakMap<object, string>();
const views = new WeakMap<object, Map<string, object>>();

/**
 * A template, or a part of one, as tests read it: through a {@link view} while somebody records, else the value itself.
 * @param path what the value is called in paths: `production/data us-east-1`
 */
export function recorded<T>(path: string, value: T): T {
  return isRecording() ? view(path, value) : value;
}

/** A view of a value, which notes what is read through it and can show one path of it altered. The value is never changed. */
export function view<T>(path: string, value: T): T {
  return viewOf(path, value) as T;
}

/** The path of a view; of anything else the empty text. */
export function pathOf(value: object): string {
  return paths.get(value) ?? '';
}

function isInner(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Unknown);
}

function viewOf(path: string, value: unknown): unknown {
  if (!isInner(value) || paths.has(value)) return value;
  const known = views.get(value) ?? new Map<string, object>();
  views.set(value, known);
  const made = known.get(path) ?? (value instanceof Map ? viewOfMap(path, value) : viewOfObject(path, value));
  known.set(path, made);
  paths.set(made, path);
  return made;
}

/** What stands at a path: a view, or a value that counts as read. */
function at(path: string, value: unknown): unknown {
  if (isInner(value)) return isAltered(existence(path)) ? undefined : viewOf(path, value);
  return readValue(path) ? altered(value) : value;
}

const existence = (path: string): string => `${path} (whether it is there)`;
const shape = (path: string): string => `${path} (what is in it)`;

function below(path: string, key: string, list = false): string {
  const name = spelling[key] ?? key;
  if (list) return `${path}[${name}]`;
  return /^[\w:-]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function viewOfObject(path: string, object: object): object {
  const list = Array.isArray(object);
  const shown = (): object => (isAltered(shape(path)) ? alteredShape(object) : object);
  return new Proxy(list ? [] : (Object.create(Object.getPrototypeOf(object) as object | null) as object), {
    get(_, key, self) {
      const now = shown();
      if (list && key === 'length') read(shape(path));
      if (typeof key === 'symbol' || askedOfAll.has(key) || (list && key === 'length')) return Reflect.get(now, key, self) as unknown;
      if (!Object.hasOwn(now, key) && key in now) return Reflect.get(now, key, self) as unknown;
      return at(below(path, key, list), Reflect.get(now, key));
    },
    has(_, key) {
      const now = shown();
      if (typeof key === 'symbol' || list || (key in now && !Object.hasOwn(now, key))) return Reflect.has(now, key);
      if (isInner(Reflect.get(now, key))) return !read(existence(below(path, key)));
      return Object.hasOwn(now, key) || read(below(path, key));
    },
    ownKeys() {
      read(shape(path));
      return Reflect.ownKeys(shown());
    },
    getOwnPropertyDescriptor(_, key) {
      const own = Reflect.getOwnPropertyDescriptor(shown(), key);
      return own && { ...own, configurable: !(list && key === 'length') };
    },
  });
}

function viewOfMap(path: string, map: Map<string, unknown>): object {
  const shown = (): Map<string, unknown> => (isAltered(shape(path)) ? alteredShape(map) : map);
  const all = (): [string, unknown][] => {
    read(shape(path));
    return [...shown()].map(([key, value]) => [key, at(below(path, key), value)]);
  };
  const methods: Readonly<Record<PropertyKey, unknown>> = {
    get: (key: string) => at(below(path, key), shown().get(key)),
    has: (key: string) => (isInner(map.get(key)) ? shown().has(key) && !read(existence(below(path, key))) : shown().has(key) || read(below(path, key))),
    keys: () => {
      read(shape(path));
      return shown().keys();
    },
    values: () => all().map(([, value]) => value)[Symbol.iterator](),
    entries: () => all()[Symbol.iterator](),
    forEach: (visit: (value: unknown, key: string) => void) => all().forEach(([key, value]) => visit(value, key)),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
  return new Proxy(new Map(), {
    get(target, key) {
      if (key !== 'size') return Object.hasOwn(methods, key) ? methods[key] : (Reflect.get(target, key) as unknown);
      read(shape(path));
      return shown().size;
    },
  });
}
