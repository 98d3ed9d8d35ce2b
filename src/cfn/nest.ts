import { Stack } from './generated/cloudformation';
import { Fn, IntrinsicFunction } from './intrinsics';
import { Token, type Inputs, type Outputs, type Parameters } from './parameters';
import type { Placement, TemplateBuilder, TemplateDefinition } from './template';
import type { TemplateInstance } from './template-instance';
import type { Wires } from './wires';

/** A nested template's outputs, as its parent reads them: the same names and kinds. */
export type NestedOutputs<O extends Outputs> = { readonly [N in keyof O]: O[N] extends Token<infer Type> ? Token<Type> : never };

/** What a deployment publishes that wires all outputs of a template on. */
export type WiresOf<Definition> = Definition extends { build(context: never): TemplateInstance<infer O extends Outputs> } ? Wires<O> : never;

/**
 * Nests a template. Does not compile when an input is missing, misspelt or of another kind; returns exactly the child's outputs.
 * The environment suffix is passed down by itself. An input for which the child has no use in this environment is not passed.
 *
 * @param id  logical id of the nested stack, also its name in progress and findings
 */
export function nest<P extends Parameters, O extends Outputs, Settings>(
  parent: TemplateBuilder<Parameters, Settings>,
  id: string,
  child: TemplateDefinition<P, O, Settings>,
  inputs: Inputs<P>,
  placement: Placement = {},
): NestedOutputs<O> {
  const { instances } = parent.context;
  const instance = (instances.get(child) ?? child.build(parent.context)) as ReturnType<typeof child.build>;
  instances.set(child, instance);
  const given = Object.entries({ EnvironmentSuffix: parent.suffix, ...inputs } as Record<string, Token | string | number>)
    .filter(([name]) => name in (instance.template.Parameters ?? {}))
    .map(([name, value]): [string, string | IntrinsicFunction] => [name, value instanceof Token ? value.text() : String(value)]);
  const stack = new Stack({ TemplateURL: `./${child.name}.json`, Parameters: Object.fromEntries(given) });
  parent.add(id, stack.keep('Delete'), placement);
  const outputs = Object.entries(instance.outputs).map(([name, token]) => [name, new Token('Fn::GetAtt', Fn.GetAtt(id, `Outputs.${name}`).toJSON()['Fn::GetAtt'], token.type)]);
  return Object.fromEntries(outputs) as NestedOutputs<O>;
}
