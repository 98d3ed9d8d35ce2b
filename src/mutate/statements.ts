import { isList, isObject, listOf, type Json, type JsonObject } from './json';
import { absent, anyOf, edit } from './mistakes';
import type { Mistake } from './operator';

/** What becomes of a policy's statement; undefined when the mistake can't be made in it. The last statement of a document is never taken away. */
export type StatementEdit = (statement: JsonObject) => JsonObject | readonly JsonObject[] | typeof absent | undefined;

/**
 * Makes a mistake in each statement of policy documents.
 * @param paths where the documents are: `PolicyDocument`, `Policies[].PolicyDocument`
 */
export function inStatements(paths: readonly string[], change: StatementEdit): Mistake {
  return anyOf(...paths.map((path): Mistake => (resource) => {
    const indices = Array.from({ length: 60 }, (_, index) => index);
    return indices.flatMap((index) => edit(`${path}.Statement`, (statements) => withStatement(statements, index, change))(resource).map((one) => ({ ...one, place: `${one.place}[${index}]` })));
  }));
}

function withStatement(statements: Json | undefined, index: number, change: StatementEdit): Json | undefined {
  const all = listOf(statements);
  const meant = all[index];
  const after = isObject(meant) ? change(meant) : undefined;
  if (after === undefined) return undefined;
  const instead = after === absent ? [] : isList(after) ? after : [after];
  const left = [...all.slice(0, index), ...instead, ...all.slice(index + 1)];
  return left.length === 0 ? undefined : left;
}

/** Whether a statement allows. */
export function allows(statement: JsonObject): boolean {
  return statement.Effect === 'Allow';
}

/** Whether a statement's principal is one of a kind, such as `Service`. */
export function hasPrincipal(statement: JsonObject, kind: 'AWS' | 'Service' | 'Federated'): boolean {
  return isObject(statement.Principal) && statement.Principal[kind] !== undefined;
}

/** The actions of a statement that are text. */
export function actionsOf(statement: JsonObject): readonly string[] {
  return listOf(statement.Action).filter((action) => typeof action === 'string');
}

/** A statement without some of its keys. */
export function lacking(statement: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(statement).filter(([key]) => !keys.includes(key)));
}
