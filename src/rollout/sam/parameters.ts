import { ssmName } from '../../cfn/wires';
import { MeridianError } from '../../errors';
import { planNodes, suffixOf, type RolloutNode } from '../nodes';
import { parameterValue } from '../parameters';
import { configEnv } from './nodes';

/** Reads parameters of Parameter Store in a region: values by name, without those that are not there. */
export type ReadParameterStore = (region: string, names: readonly string[]) => Promise<Readonly<Record<string, string>>>;

/** An output of an earlier deployment, published in Parameter Store, that a root takes as a parameter. */
interface PublishedOutput {
  readonly parameter: string;
  readonly region: string;
  /** Its name in Parameter Store. */
  readonly name: string;
  /** The configuration environment that publishes it. */
  readonly publisher: string;
}

/**
 * The values of a root's parameters that are known before anything stands, by parameter. Defaults are given too, because SAM lets
 * a stack keep its last value of a parameter that it is not given. A wire is given only under another name than the template's
 * default: CloudFormation itself reads it anew at every update.
 */
export function knownParameters(node: RolloutNode): Record<string, string> {
  const declared = Object.entries(node.build.root(node.definition).Parameters ?? {});
  return Object.fromEntries(
    declared.flatMap(([name, definition]): [string, string][] => {
      const value = parameterValue(node, name, definition, {});
      const isDefaultWire = node.definition.parameters[name]?.from === 'wire' && value === definition.Default;
      return value === undefined || isDefaultWire ? [] : [[name, value]];
    }),
  );
}

/**
 * All values that `sam deploy` has to give a root: those of `knownParameters`, and outputs of earlier deployments in other regions,
 * read where they were published. It does not matter whether SAM or a rollout deployed those.
 * @throws MeridianError (exit 1) naming what must be deployed first
 */
export async function samParameters(node: RolloutNode, read: ReadParameterStore): Promise<Record<string, string>> {
  const known = knownParameters(node);
  const outputs = publishedOutputs(node).filter(({ parameter }) => !(parameter in known));
  const found = new Map<string, string>();
  for (const region of new Set(outputs.map((output) => output.region))) {
    const own = outputs.filter((output) => output.region === region);
    const values = await read(region, [...new Set(own.map(({ name }) => name))]);
    for (const { parameter, name } of own) if (values[name] !== undefined) found.set(parameter, values[name]);
  }
  const missing = outputs.filter(({ parameter }) => !found.has(parameter));
  if (missing.length === 0) return { ...known, ...Object.fromEntries(found) };
  const list = missing.map(({ parameter, name, region }) => `${parameter} (${name} in ${region})`).join(', ');
  const publishers = planNodes([node], new Map()).map(configEnv).filter((name) => missing.some(({ publisher }) => publisher === name));
  throw new MeridianError(`Parameters of ${configEnv(node)} not published yet: ${list}. Deploy ${publishers.join(', then ')} first.`, 1);
}

function publishedOutputs(node: RolloutNode): PublishedOutput[] {
  const { system, environment } = node;
  return Object.entries(node.definition.parameters).flatMap(([parameter, origin]): PublishedOutput[] => {
    if (origin.from !== 'region') return [];
    const { deployment, output, region } = origin;
    return [{ parameter, region, name: ssmName(node, suffixOf(node), deployment, output), publisher: configEnv({ system, environment, deployment, region }) }];
  });
}

/**
 * Values as one argument of `--parameter-overrides`.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference-sam-deploy.html
 */
export function parameterOverrides(values: Readonly<Record<string, string>>): string {
  return Object.entries(values).map(([name, value]) => `${name}="${value.replaceAll('"', '\\"')}"`).join(' ');
}
