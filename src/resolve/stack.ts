import { posix } from 'node:path';
import { MeridianError } from '../errors';
import type { InstanceContext } from './context';
import { evaluate } from './evaluate';
import { circularFailure, suggest, templateFailure } from './failure';
import { decide } from './intrinsics/conditions';
import { bindParameters } from './parameters';
import { Place, type Scope, type Truth } from './place';
import { shapeProblem } from './shape';
import { nestedStackType, type Template, type TemplateResource } from './template';
import { textParts } from './text';
import { noValue, Unknown, type NoValue, type Value } from './unknown';
import { isList, isObject } from './value';

/** One stack while it is resolved: answers on demand, each question once, and refuses questions that lead back to themselves. */
export class StackScope implements Scope {
  readonly evaluate: (raw: unknown, place: Place) => Value | NoValue = evaluate;
  readonly parameters: ReadonlyMap<string, Value>;
  private readonly conditions = new Map<string, Truth>();
  private readonly outputs = new Map<string, Value>();
  private readonly echoed = new Map<string, Value | NoValue>();
  private readonly nestedStacks = new Map<string, StackScope>();
  private readonly asked: string[] = [];

  /**
   * @param stack path of the stack, the empty text for the root
   * @param given parameter values
   */
  constructor(readonly context: InstanceContext, readonly stack: string, readonly file: string, readonly template: Template, given: Readonly<Record<string, Value>>) {
    requireShape(file, template);
    this.parameters = bindParameters(this, template.Parameters ?? {}, given);
  }

  parameter(name: string): Value | undefined {
    return this.parameters.get(name);
  }

  condition(name: string, place: Place): Truth {
    const { Conditions = {} } = this.template;
    if (!Object.hasOwn(Conditions, name)) throw templateFailure(place, `Condition "${name}"`, 'there is no condition of that name', suggest(name, Object.keys(Conditions)));
    return this.once(this.conditions, name, `Conditions.${name}`, () => decide(Conditions[name], Place.of(this, 'Conditions', name)));
  }

  nested(logicalId: string): StackScope | undefined {
    const resource = this.template.Resources?.[logicalId];
    const url = resource?.Properties?.['TemplateURL'];
    if (resource?.Type !== nestedStackType || typeof url !== 'string' || /^[a-z0-9]+:\/\//i.test(url)) return undefined;
    return this.once(this.nestedStacks, logicalId, logicalId, () => this.openNested(logicalId, resource, url));
  }

  output(name: string, place: Place): Value {
    const { Outputs = {} } = this.template;
    const output = Object.hasOwn(Outputs, name) ? Outputs[name] : undefined;
    if (!output) throw templateFailure(place, `Output "${name}" of nested stack ${this.stack}`, `${this.file} has no such output`, suggest(name, Object.keys(Outputs)));
    if (output.Condition !== undefined && this.condition(output.Condition, place) === false) {
      throw templateFailure(place, `Output "${name}" of nested stack ${this.stack}`, `it is absent in ${this.context.region} because its condition ${output.Condition} is false`, 'Choose by Fn::If on the same condition.');
    }
    return this.once(this.outputs, name, `Outputs.${name}`, () => {
      const own = Place.of(this, 'Outputs', name, 'Value');
      const value = evaluate(output.Value, own);
      if (value === noValue) throw templateFailure(own, `Output "${name}"`, 'AWS::NoValue is no value for an output', 'Give the output the condition instead.');
      return value;
    });
  }

  echoedProperty(logicalId: string, attribute: string): Value | undefined {
    const properties = this.template.Resources?.[logicalId]?.Properties ?? {};
    if (!Object.hasOwn(properties, attribute)) return undefined;
    const question = `${logicalId}.${attribute}`;
    const value = this.once(this.echoed, question, question, () =>
      evaluate(properties[attribute], Place.of(this, 'Resources', logicalId, 'Properties', attribute)),
    );
    return value === noValue ? undefined : value;
  }

  private openNested(logicalId: string, resource: TemplateResource, url: string): StackScope {
    const place = Place.of(this, 'Resources', logicalId, 'Properties');
    const file = posix.join(posix.dirname(this.file), url);
    const template = this.context.templates.get(file);
    if (template === undefined) throw templateFailure(place.at('TemplateURL'), `Template "${url}"`, `there is no ${file}`, suggest(file, [...this.context.templates.keys()]));
    const given = evaluate(resource.Properties?.['Parameters'] ?? {}, place.at('Parameters'));
    if (!isObject(given)) throw templateFailure(place.at('Parameters'), 'Parameters', 'they are not an object', 'Write {"Name": value}.');
    for (const [name, value] of Object.entries(given)) {
      if (!(value instanceof Unknown) && (isList(value) || textParts(value) === undefined)) {
        throw templateFailure(place.at('Parameters', name), `Parameter "${name}"`, 'nested stacks take text only', 'Put a list into text with Fn::Join and a comma.');
      }
    }
    return new StackScope(this.context, this.stack === '' ? logicalId : `${this.stack}/${logicalId}`, file, template, given);
  }

  /** Answers from memory or works the answer out; a question inside its own answer is a cycle. */
  private once<T>(memory: Map<string, T>, key: string, question: string, answer: () => T): T {
    const remembered = memory.get(key);
    if (remembered !== undefined) return remembered;
    const start = this.asked.indexOf(question);
    if (start >= 0) throw circularFailure(this.file, [...this.asked.slice(start), question]);
    this.asked.push(question);
    try {
      const value = answer();
      memory.set(key, value);
      return value;
    } finally {
      this.asked.pop();
    }
  }
}

/** Templates whose shape was looked at: one is opened for each region and each stack that nests it. */
const wellShaped = new WeakSet<Template>();

function requireShape(file: string, template: Template): void {
  if (wellShaped.has(template)) return;
  const problem = shapeProblem(template);
  if (problem) throw new MeridianError(`Template ${[file, ...(problem.path.length > 0 ? ['at', problem.path.join('.')] : [])].join(' ')}: ${problem.why}. ${problem.fix}`, 1);
  wellShaped.add(template);
}

/** Opens the root stack of an instance. */
export function openRoot(context: InstanceContext, file: string, given: Readonly<Record<string, Value>>): StackScope {
  const template = context.templates.get(file);
  if (template === undefined) throw new MeridianError(`Root template "${file}": it is not among the templates. ${suggest(file, [...context.templates.keys()])}`, 2);
  return new StackScope(context, '', file, template, given);
}
