import { resolve } from 'node:path';
import { MeridianError } from '../src/errors';
import { configEnv, samNodes } from '../src/rollout/sam/nodes';
import { readParameterStore } from '../src/rollout/sam/parameter-store';
import { parameterOverrides, samParameters } from '../src/rollout/sam/parameters';
import { systems } from '../templates/systems';

const usage = `Prints what --parameter-overrides of sam deploy takes when a stack is first created: the values in samconfig.toml, and
outputs of earlier deployments in other regions. Reads Parameter Store; changes nothing.

Usage: npx ts-node scripts/sam-parameters.ts <config-env>

Example: npx ts-node scripts/sam-parameters.ts kasha-production-foundation-us-east-1

Exit codes: 0 printed, 1 an earlier deployment is missing, 2 wrong name, not built, or no access to AWS.
`;

/** Everything is found from the working directory, as SAM finds samconfig.toml and the templates. */
async function print(name: string): Promise<void> {
  const environments = systems
    .flatMap(({ name: system, environments }) => environments.map((environment) => ({ system, environment })))
    .filter(({ system, environment }) => name.startsWith(`${system}-${environment}-`));
  const node = samNodes(resolve('dist'), resolve('parameters'), environments).find((each) => configEnv(each) === name);
  if (!node) throw new MeridianError(`Configuration environment "${name}" unknown: no system, environment, deployment and region make this name. Choose one of samconfig.toml.`, 2);
  process.stdout.write(`${parameterOverrides(await samParameters(node, readParameterStore))}\n`);
}

async function main([name, ...others]: readonly string[]): Promise<void> {
  if (name === undefined || others.length > 0 || name.startsWith('-')) {
    process[name === '--help' ? 'stdout' : 'stderr'].write(usage);
    process.exitCode = name === '--help' ? 0 : 2;
    return;
  }
  try {
    await print(name);
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}

void main(process.argv.slice(2));
