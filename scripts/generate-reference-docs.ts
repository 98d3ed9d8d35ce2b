import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DeploymentInstance, ParameterDefinition, System } from '../src/cfn';
import { checkout } from '../src/toolchain';
import { systems } from '../templates/systems';
import { table } from './generate-system-docs/table';

/** A parameter or output of roots, and what of them has it. */
interface Found<T> {
  readonly definition: T;
  readonly deployments: Set<string>;
  readonly environments: Set<string>;
}

/** Every page of the reference by its path from the checkout: one for each system. */
export function referencePages(of: readonly System[] = systems): ReadonlyMap<string, string> {
  return new Map(of.map((system) => [`docs/reference/${system.name}.md`, referencePage(system)]));
}

/** The parameters and outputs of a system's root templates, over all of its environments. */
function referencePage(system: System): string {
  const roots = system.environments.flatMap((environment) => system.build(environment).deployments.map((deployment) => ({ environment, deployment })));
  const deployments = [...new Map(roots.map(({ deployment }) => [deployment.name, String(deployment.root.template.Description ?? '')]))];
  const given = collected<ParameterDefinition>(roots, ({ root, parameters }) => parametersOf(root).filter(([name]) => parameters[name]?.from !== 'wire'));
  const wired = collected<ParameterDefinition>(roots, ({ root, parameters }) => parametersOf(root).filter(([name]) => parameters[name]?.from === 'wire'));
  const outputs = collected<unknown>(roots, ({ root }) => Object.entries(root.template.Outputs ?? {}));
  return [
    `# ${system.title}: parameters and outputs`,
    '',
    `Of the root templates of \`${system.name}\`, in ${system.environments.map((environment) => `\`${environment}\``).join(', ')}. Generated from them by`,
    '`npx ts-node scripts/generate-reference-docs.ts`. Values go into [parameters files](../parameters.md).',
    '',
    '## Deployments',
    '',
    table(['Deployment', 'What it is'], deployments.map(([name, description]) => [`\`${name}\``, description])),
    '',
    '## Parameters',
    '',
    given.size === 0 ? 'None.' : table(['Parameter', 'Type', 'Default', 'Allowed', 'What it is', 'Deployments', 'Environments'], parameterRows(given, system)),
    '',
    ...(wired.size === 0 ? [] : ['## Parameters that a rollout reads from Parameter Store', '', table(['Parameter', 'Type', 'Deployments', 'Environments'], [...wired].map(([name, found]) => [`\`${name}\``, found.definition.Type, ...places(found, system)])), '']),
    '## Outputs',
    '',
    outputs.size === 0 ? 'None.' : table(['Output', 'Deployments', 'Environments'], [...outputs].map(([name, found]) => [`\`${name}\``, ...places(found, system)])),
    '',
  ].join('\n');
}

function parametersOf({ template }: DeploymentInstance['root']): (readonly [string, ParameterDefinition])[] {
  return Object.entries(template.Parameters as unknown as Readonly<Record<string, ParameterDefinition>>);
}

type Root = { readonly environment: string; readonly deployment: DeploymentInstance };

/** What roots have by name, sorted, with those that have it. The definition is the first that is met. */
function collected<T>(roots: readonly Root[], entriesOf: (deployment: DeploymentInstance) => readonly (readonly [string, unknown])[]): ReadonlyMap<string, Found<T>> {
  const all = new Map<string, Found<T>>();
  for (const { environment, deployment } of roots) {
    for (const [name, definition] of entriesOf(deployment)) {
      const found = all.get(name) ?? { definition: definition as T, deployments: new Set(), environments: new Set() };
      found.deployments.add(deployment.name);
      found.environments.add(environment);
      all.set(name, found);
    }
  }
  return new Map([...all].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function parameterRows(parameters: ReadonlyMap<string, Found<ParameterDefinition>>, system: System): string[][] {
  return [...parameters].map(([name, found]) => [`\`${name}\``, found.definition.Type, defaultText(found.definition), allowedText(found.definition), found.definition.Description ?? '', ...places(found, system)]);
}

function defaultText({ Default }: ParameterDefinition): string {
  if (Default === undefined) return '';
  return Default === '' ? 'empty' : `\`${Default}\``;
}

function allowedText({ AllowedValues, AllowedPattern, ConstraintDescription, MinValue, MaxValue, MinLength, MaxLength }: ParameterDefinition): string {
  const between = (least: unknown, most: unknown, unit: string): string[] => (least === undefined && most === undefined ? [] : [`${least === undefined ? '' : `from ${String(least)} `}${most === undefined ? '' : `to ${String(most)}`}${unit}`.trim()]);
  const values = AllowedValues ? [AllowedValues.map((value) => `\`${value}\``).join(', ')] : [];
  const pattern = AllowedPattern === undefined ? [] : [ConstraintDescription ?? `\`${AllowedPattern}\``];
  return [...values, ...pattern, ...between(MinValue, MaxValue, ''), ...between(MinLength, MaxLength, ' characters')].join('; ');
}

function places({ deployments, environments }: Found<unknown>, system: System): [string, string] {
  return [[...deployments].map((name) => `\`${name}\``).join(', '), environments.size === system.environments.length ? 'all' : [...environments].join(', ')];
}

function main(): void {
  for (const [file, text] of referencePages()) {
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    writeFileSync(join(checkout, file), text);
  }
}

if (require.main === module) main();
