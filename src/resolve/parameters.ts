import { MeridianError } from '../errors';
import { checkConstraints, isNoEcho } from './constraints';
import type { InstanceContext } from './context';
import { suggest } from './failure';
import { hide } from './hidden';
import { splitValue } from './intrinsics/lists';
import type { TemplateParameter } from './template';
import { scalarText } from './text';
import { Unknown, type Value } from './unknown';
import { isList, isScalar, unknownOf } from './value';

/** The stack whose parameters are bound. */
export interface Binding {
  readonly context: InstanceContext;
  readonly stack: string;
  readonly file: string;
}

/**
 * Gives each declared parameter its value: the given one, else the default, else (for the root) an unknown. Values of
 * `AWS::SSM::Parameter::Value<…>` parameters are looked up in the wires; `NoEcho` values are hidden.
 * @throws MeridianError for a value without a parameter, a value against its declaration, and a nested parameter without value
 */
export function bindParameters(binding: Binding, declarations: Readonly<Record<string, TemplateParameter>>, given: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declarations, name)) {
      throw new MeridianError(`Parameter "${name}" of ${described(binding)}: the template declares no such parameter. ${suggest(name, Object.keys(declarations))}`, binding.stack === '' ? 2 : 1);
    }
  }
  return new Map(Object.entries(declarations).map(([name, declaration]) => [name, bindOne(binding, name, declaration, given[name] ?? (declaration.Default as Value | undefined))]));
}

function bindOne(binding: Binding, name: string, declaration: TemplateParameter, source: Value | undefined): Value {
  const where = `Parameter "${name}" of ${described(binding)}`;
  const hidden = isNoEcho(declaration);
  const open = unknownOf({ kind: 'parameter', instance: binding.context.id, stack: binding.stack, file: binding.file, name, declaration: hidden ? withoutDefault(declaration) : declaration, hidden });
  if (source === undefined) {
    if (binding.stack === '') return open;
    throw new MeridianError(`${where}: it has neither a value nor a default. Give it one in the Parameters of the nested stack ${binding.stack}.`, 1);
  }
  const wired = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(declaration.Type);
  const type = wired?.[1] ?? declaration.Type;
  const value = wired ? wireValue(binding.context, source, declaration) : source;
  const converted = convert(where, type, value);
  checkConstraints(where, wired ? { Type: type } : declaration, converted);
  // A lone unknown shows nothing and keeps its link; text or a list around one could show the rest.
  const showsNothing = converted instanceof Unknown && converted.origin.kind !== 'expression';
  return hidden && !showsNothing ? hide(open, converted) : converted;
}

/** A declaration without its default value. */
export function withoutDefault({ Default: _default, ...declaration }: TemplateParameter): TemplateParameter {
  return declaration;
}

function described({ file, stack }: Binding): string {
  return stack === '' ? file : `${file} (nested stack ${stack})`;
}

function wireValue({ wires }: InstanceContext, name: Value, { Type }: TemplateParameter): Value {
  const known = typeof name === 'string' && Object.hasOwn(wires, name) ? wires[name] : undefined;
  return known ?? unknownOf({ kind: 'ssm', name, type: Type });
}

/** A value as `Ref` gives it: a list for list types, a number for numbers that keep their spelling, else text. */
function convert(where: string, type: string, value: Value): Value {
  if (isListType(type)) {
    if (isList(value)) return value;
    if (value instanceof Unknown && isListed(value)) return value;
    if (!isScalar(value) && !(value instanceof Unknown)) throw new MeridianError(`${where}: an object is not a ${type}. Give a list or text with commas.`, 2);
    return listOf(value instanceof Unknown ? value : scalarText(value), type);
  }
  if (value instanceof Unknown) return value;
  if (!isScalar(value)) throw new MeridianError(`${where}: a list or object is not a ${type}. Join a list with Fn::Join, or declare a list type.`, 2);
  const written = scalarText(value);
  return type === 'Number' ? spelledNumber(written) : written;
}

/** Whether a parameter type holds a list. */
export function isListType(type: string): boolean {
  return /^(AWS::SSM::Parameter::Value<)?(CommaDelimitedList|List<)/.test(type);
}

/** Whether an unknown is a list as a whole. */
function isListed({ origin }: Unknown): boolean {
  if (origin.kind === 'ssm') return isListType(origin.type);
  return origin.kind === 'parameter' && isListType(origin.declaration.Type);
}

function listOf(source: string | Unknown, type: string): Value {
  if (source === '') return [];
  const pieces = splitValue(source, ',');
  if (pieces instanceof Unknown) return pieces;
  const trimmed = pieces.map((piece) => (typeof piece === 'string' ? piece.trim() : piece));
  return type === 'List<Number>' ? trimmed.map((piece) => (typeof piece === 'string' ? spelledNumber(piece) : piece)) : trimmed;
}

/** The number that text spells, unless writing it again would spell it otherwise, as with `012`. */
function spelledNumber(written: string): string | number {
  return String(Number(written)) === written ? Number(written) : written;
}
