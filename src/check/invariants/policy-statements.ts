import { isObject } from '../../resolve/value';
import type { Value, ValueObject } from '../../resolve';
import { valueOf, valuesAt } from '../value-path';

/** The statements of a policy document, one or a list; undefined when deployment decides about any. */
export function statementsOf(document: Value | undefined): ValueObject[] | undefined {
  const statements = valuesAt(document, 'Statement.*');
  const known = statements.filter((statement): statement is ValueObject => isObject(statement));
  return document === undefined || known.length !== statements.length || statements.length === 0 ? undefined : known;
}

/** The services that a statement lets in, such as `logs.us-east-1.amazonaws.com`; undefined when deployment decides about any. */
export function servicesAllowed(statement: ValueObject): string[] | undefined {
  if (statement['Effect'] !== 'Allow') return [];
  const services = valuesAt(valueOf(statement, 'Principal'), 'Service.*');
  const known = services.filter((service): service is string => typeof service === 'string');
  return known.length === services.length ? known : undefined;
}
