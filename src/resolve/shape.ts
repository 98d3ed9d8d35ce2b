/** A place in a template that has another form than CloudFormation's. */
export interface ShapeProblem {
  /** Keys from the template's top; empty for the template itself. */
  readonly path: readonly string[];
  /** A clause. */
  readonly why: string;
  /** A sentence. */
  readonly fix: string;
}

type Entries = Readonly<Record<string, unknown>>;
/** Says what a value is not, or nothing when it is in order. */
type Rule = (value: unknown) => string | undefined;

const isObject = (value: unknown): value is Entries => typeof value === 'object' && value !== null && !Array.isArray(value);
const object: Rule = (value) => (isObject(value) ? undefined : 'an object');
const text: Rule = (value) => (typeof value === 'string' ? undefined : 'text');
const scalars: Rule = (value) => (Array.isArray(value) && value.every((each) => ['string', 'number', 'boolean'].includes(typeof each)) ? undefined : 'a list of texts or numbers');
const limit: Rule = (value) => (typeof value === 'number' || typeof value === 'string' ? undefined : 'a number');
const names: Rule = (value) => (typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string')) ? undefined : 'a logical id or a list of them');

/** What an entry of a section must have, and what else of it is read. */
interface EntryShape {
  readonly required: Readonly<Record<string, Rule>>;
  readonly optional: Readonly<Record<string, Rule>>;
}

const entryShapes: Readonly<Record<string, EntryShape>> = {
  Parameters: { required: { Type: text }, optional: { AllowedValues: scalars, AllowedPattern: text, ConstraintDescription: text, MinLength: limit, MaxLength: limit, MinValue: limit, MaxValue: limit } },
  Resources: { required: { Type: text }, optional: { Condition: text, DependsOn: names, Properties: object } },
  Outputs: { required: {}, optional: { Condition: text, Export: object } },
};

const sections = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;

/**
 * The first place of a template whose form would make everything read from it wrong: a section, an entry or a key that is not what
 * CloudFormation takes there. What the keys mean is for those who read them.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export function shapeProblem(template: unknown): ShapeProblem | undefined {
  if (!isObject(template)) return wrong([], 'an object');
  for (const section of sections) {
    if (!Object.hasOwn(template, section)) continue;
    const entries = template[section];
    if (!isObject(entries)) return wrong([section], 'an object');
    const problem = section === 'Mappings' ? mappingProblem(entries) : entriesProblem(section, entries);
    if (problem) return problem;
  }
  return undefined;
}

function entriesProblem(section: string, entries: Entries): ShapeProblem | undefined {
  const shape = entryShapes[section];
  if (!shape) return undefined;
  for (const [name, entry] of Object.entries(entries)) {
    if (!isObject(entry)) return wrong([section, name], 'an object');
    for (const [key, rule] of Object.entries(shape.required)) {
      if (!Object.hasOwn(entry, key)) return { path: [section, name], why: `it has no ${key}`, fix: `Add ${key}.` };
      const what = rule(entry[key]);
      if (what !== undefined) return wrong([section, name, key], what);
    }
    for (const [key, rule] of Object.entries(shape.optional)) {
      const what = Object.hasOwn(entry, key) && entry[key] !== undefined ? rule(entry[key]) : undefined;
      if (what !== undefined) return wrong([section, name, key], what);
    }
  }
  return undefined;
}

/** A mapping has two levels of keys. */
function mappingProblem(mappings: Entries): ShapeProblem | undefined {
  for (const [name, first] of Object.entries(mappings)) {
    if (!isObject(first)) return wrong(['Mappings', name], 'an object');
    for (const [key, second] of Object.entries(first)) if (!isObject(second)) return wrong(['Mappings', name, key], 'an object');
  }
  return undefined;
}

function wrong(path: readonly string[], what: string): ShapeProblem {
  return { path, why: `it is not ${what}`, fix: `Write ${what} there.` };
}
