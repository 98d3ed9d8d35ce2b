import { stringify } from 'smol-toml';
import type { RolloutNode } from '../nodes';
import { configEnv } from './nodes';
import { knownParameters } from './parameters';

/** The version of the format of SAM's configuration files. */
const formatVersion = 0.1;

const header = '# Generated from the systems and parameters/ by: npx ts-node scripts/generate-samconfig.ts\n# How to use it: docs/sam-deploy.md\n\n';

/**
 * The text of `samconfig.toml`: for each node a configuration environment with which `sam deploy`, called in the checkout, deploys
 * that region's root from the unexpanded templates, as a plain stack with the name of the StackSet. Code and nested templates
 * go through the bucket that SAM keeps in each region, because the name of ours holds the account.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
 */
export function samConfig(nodes: readonly RolloutNode[]): string {
  const environments = nodes.map((node) => [configEnv(node), { global: { parameters: stackOf(node) }, deploy: { parameters: deploymentOf(node) } }]);
  return header + stringify({ version: formatVersion, ...Object.fromEntries(environments) });
}

/** What every command of SAM needs to find the stack. */
function stackOf({ stackSet, region }: RolloutNode): Record<string, string> {
  return { stack_name: stackSet, region };
}

function deploymentOf(node: RolloutNode): Record<string, unknown> {
  const { system, environment, deployment } = node;
  return {
    template_file: `dist/${system}/${environment}/sam/${deployment}/root.json`,
    capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    resolve_s3: true,
    s3_prefix: `meridian/${system}/${environment}`,
    confirm_changeset: true,
    // Deploying what stands already is no failure.
    fail_on_empty_changeset: false,
    tags: [`System=${system}`, `Environment=${environment}`],
    parameter_overrides: knownParameters(node),
  };
}
