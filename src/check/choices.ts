import type { Template, Value } from '../resolve';

/** Values of deploy-time parameters with which an environment may be deployed too. */
export interface Choice {
  /** As findings name it: `CostExport=enabled, CostGovernance=exists`. */
  readonly title: string;
  readonly parameters: Readonly<Record<string, Value>>;
}

/**
 * The choices that root templates leave besides those made: parameters with `AllowedValues` switch resources on and off, and what is off by
 * default is deployed by somebody one day. Every allowed value of every parameter is in one of them, all parameters at their next value at
 * a time; not every combination is.
 * @param roots templates whose parameters a deployment may set
 * @param given values that are set; a parameter without any has its default
 */
export function choicesOf(roots: readonly Template[], given: Readonly<Record<string, Value>>): readonly Choice[] {
  const switches = switchesOf(roots);
  const most = Math.max(0, ...[...switches.values()].map(({ allowed }) => allowed.length - 1));
  return Array.from({ length: most }, (_, index) => {
    const parameters = Object.fromEntries([...switches].map(([name, { allowed, initial }]) => [name, valueAfter(allowed, given[name] ?? initial, index + 1)]));
    return { title: Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`).join(', '), parameters: { ...given, ...parameters } };
  });
}

/** A parameter that takes one of a few values. */
interface Switch {
  readonly allowed: readonly Value[];
  readonly initial: Value | undefined;
}

function switchesOf(roots: readonly Template[]): ReadonlyMap<string, Switch> {
  const found = roots.flatMap(({ Parameters = {} }) => Object.entries(Parameters)).flatMap(([name, { AllowedValues, Default }]): (readonly [string, Switch])[] =>
    AllowedValues && AllowedValues.length > 1 ? [[name, { allowed: AllowedValues as readonly Value[], initial: Default as Value | undefined }]] : [],
  );
  return new Map(found.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The allowed value that is some places behind another, the first one again behind the last. */
function valueAfter(allowed: readonly Value[], value: Value | undefined, places: number): Value {
  const at = allowed.findIndex((each) => String(each) === String(value));
  return allowed[(at + places) % allowed.length] as Value;
}
