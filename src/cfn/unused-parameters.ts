import type Template from 'cloudform-types/types/template';

/** `${Name}` or `${Name.Attribute}` in the text of `Fn::Sub`. `${!Name}` is text and names nothing. */
const placeholder = /\$\{([^!${}.][^${}.]*)(?:\.[^${}]*)?\}/g;

/**
 * Removes the parameters that nothing in a template refers to. Settings decide what a template holds, so one list of parameters
 * serves all environments, and each emits what it uses: one without a proxy asks for no security group of a proxy.
 * @param kept  a parameter that stays in any case
 */
export function dropUnusedParameters(template: Pick<Template, 'Parameters' | 'Conditions' | 'Resources' | 'Outputs'>, kept?: string): void {
  const used = referredTo(template);
  for (const name of Object.keys(template.Parameters ?? {})) if (name !== kept && !used.has(name)) delete template.Parameters?.[name];
}

/** The names that a template's `Ref`s and `Fn::Sub`s hold. */
function referredTo(template: object): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.stringify(template, (key, value: unknown) => {
    if (key === 'Ref') names.add(String(value));
    if (key === 'Fn::Sub') for (const name of substituted(value)) names.add(name);
    return value;
  });
  return names;
}

/** What `Fn::Sub` takes from the template: a variable of its own hides a parameter of that name. */
function substituted(value: unknown): string[] {
  const [text, own = {}] = (Array.isArray(value) ? value : [value]) as [string, object?];
  return [...text.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !Object.hasOwn(own, name));
}
