import type { DeploymentInstance, ParameterDefinition, System } from '../../src/cfn';
import { table } from './table';

/** A parameter that a parameters file may give. */
interface FileParameter {
  readonly definition: ParameterDefinition;
  /** Deployments whose root takes it. */
  readonly deployments: string[];
  /** Where its value comes from when the file does not give it. */
  readonly otherwise?: string;
  /** The deployment that is left out when the file gives it. */
  readonly leavesOut?: string;
}

/** The parameters that the parameters files of a system take, as one table: those to fill in first. */
export function parametersTable(system: System): string {
  const parameters = [...fileParameters(system)].sort(([, a], [, b]) => Number(a.otherwise !== undefined) - Number(b.otherwise !== undefined));
  const rows = parameters.map(([name, parameter]) => [`\`${name}\``, meaning(parameter), mustBe(parameter.definition), whenAbsent(parameter), parameter.deployments.join(', ')]);
  return table(['Parameter', 'What it is', 'Must be', 'Left out', 'Deployments'], rows);
}

function fileParameters(system: System): Map<string, FileParameter> {
  const found = new Map<string, FileParameter>();
  const deployments = system.environments.flatMap((environment) => system.build(environment).deployments);
  for (const deployment of deployments) {
    for (const [name, origin] of Object.entries(deployment.parameters)) {
      if (origin.from === 'wire') continue;
      const known = found.get(name);
      if (!known?.deployments.includes(deployment.name)) known?.deployments.push(deployment.name);
      if (known) continue;
      found.set(name, {
        definition: definitionOf(deployment, name),
        deployments: [deployment.name],
        otherwise: origin.from === 'region' ? `output \`${origin.output}\` of ${origin.deployment} in ${origin.region}` : undefined,
        leavesOut: deployments.find(({ unless }) => unless === name)?.name,
      });
    }
  }
  return found;
}

function definitionOf({ root }: DeploymentInstance, name: string): ParameterDefinition {
  return (root.template.Parameters as unknown as Readonly<Record<string, ParameterDefinition>>)[name]!;
}

function meaning({ definition, leavesOut }: FileParameter): string {
  const text = definition.Description ?? '';
  return leavesOut === undefined ? text : `${text}. When given, the ${leavesOut} deployment is left out`;
}

function mustBe({ Type, AllowedValues, ConstraintDescription }: ParameterDefinition): string {
  if (AllowedValues) return AllowedValues.map((value) => `\`${value}\``).join(' or ');
  return ConstraintDescription ?? `\`${Type}\``;
}

function whenAbsent({ definition: { Default }, otherwise }: FileParameter): string {
  if (otherwise !== undefined) return otherwise;
  if (Default === undefined) return '**required**';
  return Default === '' ? 'empty' : `\`${Default}\``;
}
