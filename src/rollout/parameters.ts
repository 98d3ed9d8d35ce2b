import type { ManifestParameterOrigin } from '../build/manifest';
import { MeridianError } from '../errors';
import type { Build } from './build';
import type { RootOutputs } from './outputs';
import { isSkipped, suffixOf, type RolloutNode, type RolloutPart } from './nodes';
import type { TemplateParameter } from './template';

const suffixParameter = 'EnvironmentSuffix';

/** A parameter that names the account of a deployment, where no template has it as well. */
const accountParameter: TemplateParameter = { Type: 'String', AllowedPattern: '^[0-9]{12}$', ConstraintDescription: 'an account id of twelve digits' };

/**
 * The parameters that a parameters file may give: those it must or may fill in, and values across regions, which it may replace.
 * By name, because one value in the file serves all deployments that have a parameter of that name.
 */
export function fileParameters(build: Build): Record<string, TemplateParameter> {
  const known: Record<string, TemplateParameter> = {};
  for (const deployment of build.manifest.deployments) {
    if (deployment.account !== undefined) known[deployment.account] ??= accountParameter;
    const declared = build.root(deployment).Parameters ?? {};
    for (const [name, origin] of Object.entries(deployment.parameters)) {
      const definition = declared[name];
      if (definition && origin.from !== 'wire' && name !== suffixParameter) known[name] ??= definition;
    }
  }
  return known;
}

/**
 * Everything that a part's parameters file should give and doesn't: parameters without a default, and values of a deployment
 * that is left out.
 */
export function missingParameters(part: RolloutPart): string[] {
  const { build, parameters } = part;
  const skipped = new Set(build.manifest.deployments.filter((deployment) => isSkipped(deployment, parameters)).map(({ name }) => name));
  const missing = build.manifest.deployments
    .filter(({ name }) => !skipped.has(name))
    .flatMap((deployment) => {
      const declared = build.root(deployment).Parameters ?? {};
      return Object.entries(deployment.parameters)
        .filter(([name, origin]) => parameters.values[name] === undefined && needsFile(name, origin, declared[name], skipped))
        .map(([name]) => `${name} (${deployment.name}${declared[name]?.Type ? `, ${declared[name].Type}` : ''})`);
    });
  return [...new Set(missing)];
}

function needsFile(name: string, origin: ManifestParameterOrigin, definition: TemplateParameter | undefined, skipped: ReadonlySet<string>): boolean {
  if (name === suffixParameter || origin.from === 'wire') return false;
  return origin.from === 'file' ? definition?.Default === undefined : skipped.has(origin.deployment);
}

/**
 * The StackSet-level value of every parameter of a node's root. All are given, defaults too, because what a StackSet stores is
 * compared with them to tell whether anything changes; only secrets that the StackSet keeps are not.
 * @param outputs what earlier deployments gave
 * @throws MeridianError when a value is missing
 */
export function rootParameters(node: RolloutNode, outputs: RootOutputs): Record<string, string> {
  const declared = node.build.root(node.definition).Parameters ?? {};
  const values: Record<string, string> = {};
  for (const name of Object.keys(declared).sort()) {
    if (node.keeps?.includes(name)) continue;
    const value = parameterValue(node, name, declared[name]!, outputs);
    if (value === undefined) throw new MeridianError(`Parameter ${name} of ${node.system} ${node.deployment} has no value: ${whyMissing(node, name)}.`, 2);
    values[name] = value;
  }
  return values;
}

/**
 * The value of one parameter of a node's root: the file's, else an earlier deployment's output, else the template's default.
 * @returns undefined when none of them gives it
 */
export function parameterValue(node: RolloutNode, name: string, definition: TemplateParameter, outputs: RootOutputs): string | undefined {
  const fallback = definition.Default === undefined ? undefined : String(definition.Default);
  const suffix = suffixOf(node);
  if (name === suffixParameter) return suffix;
  const origin = node.definition.parameters[name];
  const given = node.parameters.values[name];
  if (origin?.from === 'wire') return wireName(fallback, suffix);
  if (given !== undefined) return given;
  return origin?.from === 'region' ? outputs[origin.deployment]?.[origin.region]?.[origin.output] : fallback;
}

/** The SSM parameter of a wire in another copy of the environment: the default names the copy `main`. */
function wireName(name: string | undefined, suffix: string): string | undefined {
  const [empty, root, system, environment, , ...rest] = name?.split('/') ?? [];
  return name && [empty, root, system, environment, suffix, ...rest].join('/');
}

function whyMissing(node: RolloutNode, name: string): string {
  const origin = node.definition.parameters[name];
  return origin?.from === 'region'
    ? `deployment ${origin.deployment} has no output ${origin.output} in ${origin.region}. Roll ${origin.deployment} first, or give the value in ${node.parameters.file}`
    : `it has no default. Give it in ${node.parameters.file}`;
}

/** The wires of a node: parameter → name of the SSM parameter that its instance reads. */
export function wiredParameters(node: RolloutNode, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node.definition.parameters)
      .filter(([, origin]) => origin.from === 'wire')
      .map(([name]) => [name, values[name] ?? '']),
  );
}
