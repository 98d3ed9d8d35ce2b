import { isList, isObject, type Json, type JsonObject } from './json';

const sub = 'Fn::Sub';

/**
 * The policy document in a `Fn::Sub` of JSON text, as roles have it whose conditions have keys that only deployment can tell, so that the
 * same mistakes can be made in it as in others.
 * @returns undefined for anything else
 */
export function documentIn(value: Json | undefined): JsonObject | undefined {
  const text = isObject(value) ? textOf(value[sub]) : undefined;
  if (text === undefined || !text.startsWith('{')) return undefined;
  try {
    const document = JSON.parse(text) as Json;
    return isObject(document) && document.Statement !== undefined ? document : undefined;
  } catch {
    return undefined;
  }
}

/** The same `Fn::Sub` with another document, its variables kept. */
export function withDocument(value: Json | undefined, document: Json): JsonObject {
  const argument = isObject(value) ? value[sub] : undefined;
  const text = JSON.stringify(document);
  return { [sub]: isList(argument) ? [text, ...argument.slice(1)] : text };
}

function textOf(argument: Json | undefined): string | undefined {
  const text = isList(argument) ? argument[0] : argument;
  return typeof text === 'string' ? text : undefined;
}
