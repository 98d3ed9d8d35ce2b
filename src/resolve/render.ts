import { isListType, withoutDefault } from './parameters';
import type { TemplateParameter } from './template';
import { noValue, Unknown, type ExpressionOrigin, type NoValue, type Origin, type ResourceOrigin, type Value, type ValueObject } from './unknown';
import { isList, isObject } from './value';

/** JSON of a concrete template. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** How resources and stacks are called in the template that is rendered. */
export interface Naming {
  /** The logical id of a resource, or undefined when the template does not hold it. */
  resource(origin: ResourceOrigin): string | undefined;
  /** Whether a stack's own pseudo parameters mean the rendered template's stack. */
  isOwnStack(instance: string, stack: string): boolean;
  /** A shorter spelling of an unknown, such as a nested stack's output, or undefined. */
  alias(unknown: Unknown): Json | undefined;
}

/** Renders values of one template, and collects the parameters and conditions that what is unknown needs. */
export class Renderer {
  readonly parameters: Record<string, TemplateParameter> = {};
  readonly conditions: Record<string, Json> = {};
  private readonly taken: Set<string>;
  private readonly named = new Map<string, string>();

  /** @param logicalIds names that the template's resources have already */
  constructor(private readonly naming: Naming, logicalIds: Iterable<string>) {
    this.taken = new Set(logicalIds);
  }

  /** A value as JSON: what is known is literal, what is unknown an intrinsic function. */
  render(value: Value | NoValue, place: 'resource' | 'condition' = 'resource'): Json {
    if (value === noValue) return { Ref: 'AWS::NoValue' };
    if (value instanceof Unknown) return this.renderUnknown(value, place);
    if (isList(value)) return value.map((element) => this.render(element, place));
    return isObject(value) ? this.renderObject(value, place) : value;
  }

  /** The properties of an object as JSON. */
  renderObject(value: ValueObject, place: 'resource' | 'condition' = 'resource'): { readonly [key: string]: Json } {
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, this.render(element, place)]));
  }

  /** The name of a condition that is not decided. */
  condition(truth: Unknown, wish: string): string {
    return this.nameOnce(`condition ${truth.identity}`, wish, (name) => {
      this.conditions[name] = this.render(truth, 'condition');
    });
  }

  private renderUnknown(unknown: Unknown, place: 'resource' | 'condition'): Json {
    const { origin } = unknown;
    const local = origin.kind === 'resource' && place === 'resource' ? this.naming.resource(origin) : undefined;
    if (origin.kind === 'resource' && local !== undefined) return origin.attribute === 'Ref' ? { Ref: local } : { 'Fn::GetAtt': [local, origin.attribute] };
    if (origin.kind === 'pseudo' && (origin.name === 'AWS::AccountId' || this.naming.isOwnStack(origin.instance, origin.stack))) return { Ref: origin.name };
    const alias = place === 'resource' ? this.naming.alias(unknown) : undefined;
    if (alias !== undefined) return alias;
    if (origin.kind === 'expression' && origin.function !== 'Fn::FindInMap') return this.renderCall(origin, place);
    return { Ref: this.placeholder(unknown) };
  }

  private renderCall(origin: ExpressionOrigin, place: 'resource' | 'condition'): Json {
    if (origin.function === 'Fn::If') {
      const [truth, ...branches] = origin.arguments;
      return { 'Fn::If': [this.condition(truth as Unknown, origin.condition ?? 'Undecided'), ...branches.map((branch) => this.render(branch, place))] };
    }
    const given = origin.arguments.map((argument) => this.render(argument, place));
    const single = ['Fn::Base64', 'Fn::GetAZs', 'Fn::Length', 'Fn::ToJsonString'].includes(origin.function);
    return { [origin.function]: single ? (given[0] ?? null) : given };
  }

  private placeholder(unknown: Unknown): string {
    const { origin } = unknown;
    const own = origin.kind === 'parameter' && this.naming.isOwnStack(origin.instance, origin.stack);
    return this.nameOnce(unknown.identity, own ? origin.name : placeholderName(origin), (name) => {
      this.parameters[name] = placeholderDeclaration(origin);
    });
  }

  private nameOnce(key: string, wish: string, declare: (name: string) => void): string {
    const known = this.named.get(key);
    if (known !== undefined) return known;
    let name = wish;
    for (let count = 2; this.taken.has(name); count += 1) name = `${wish}${count}`;
    this.taken.add(name);
    this.named.set(key, name);
    declare(name);
    return name;
  }
}

/** Letters and digits of a text, each word with a capital: what a logical id may hold. */
export function logicalName(text: string): string {
  return text.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function placeholderName(origin: Origin): string {
  switch (origin.kind) {
    case 'resource':
      return logicalName(`From ${origin.stack} ${origin.logicalId} ${origin.attribute === 'Ref' ? '' : origin.attribute}`);
    case 'parameter':
    case 'pseudo':
      return logicalName(`From ${origin.stack} ${origin.name}`);
    case 'ssm':
      return logicalName(`From ${typeof origin.name === 'string' ? origin.name : 'Ssm'}`);
    case 'import':
      return logicalName(`From ${typeof origin.argument === 'string' ? origin.argument : origin.function}`);
    case 'expression':
      return logicalName(`From ${origin.function}`);
  }
}

function placeholderDeclaration(origin: Origin): TemplateParameter {
  if (origin.kind === 'parameter') return origin.hidden ? { Type: 'String', NoEcho: true } : withoutDefault(origin.declaration);
  return { Type: origin.kind === 'ssm' && isListType(origin.type) ? 'CommaDelimitedList' : 'String' };
}
