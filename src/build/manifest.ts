import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MeridianError } from '../errors';

const origin = z.discriminatedUnion('from', [
  z.object({ from: z.literal('file') }),
  z.object({ from: z.literal('wire'), deployment: z.string(), output: z.string(), type: z.string() }),
  z.object({ from: z.literal('region'), deployment: z.string(), output: z.string(), region: z.string() }),
]);

const template = z.object({
  /** Path from the environment's folder, for example `foundation/network.json`. */
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Use of CloudFormation's quotas on one template, by quota. */
  usage: z.record(z.string(), z.number()),
  /** Templates that this one nests: logical id of the nested stack → template name. */
  nests: z.record(z.string(), z.string()),
  /** Where each resource was authored: `at` the module's line, `from` the system's line that asked for it. */
  sources: z.record(z.string(), z.object({ at: z.string(), from: z.string().optional() })),
});

const growth = z.object({
  /** What there is more and more of, in the singular. */
  unit: z.string(),
  /** How many there are. */
  count: z.number(),
  /** The quotas that more of them reach, the first reached first. */
  quotas: z.array(
    z.object({
      quota: z.string(),
      /** The template that reaches it, or the deployment as a whole. */
      of: z.string(),
      used: z.number(),
      limit: z.number(),
      /** How many of them the deployment takes until then. */
      fits: z.number(),
    }),
  ),
});

const deployment = z.object({
  name: z.string(),
  regions: z.object({ create: z.array(z.string()), update: z.array(z.string()) }),
  gate: z.enum(['delegation', 'images']).optional(),
  unless: z.string().optional(),
  /** The parameter that names the account it stands in; where the parameters file gives no value, or there is none, that of its system. */
  account: z.string().optional(),
  /** Deployments that must be done before this one begins; `account` is what all systems of the account share. All of them when absent. */
  after: z.array(z.string()).optional(),
  /** How much larger it can become, of a deployment that grows. */
  growth: growth.optional(),
  /** Parameters of the root and where each value comes from. `EnvironmentSuffix` is a value from the file too. */
  parameters: z.record(z.string(), origin),
  /** Root outputs that are published in SSM Parameter Store, with their CloudFormation parameter type. */
  publishes: z.record(z.string(), z.string()),
  templates: z.record(z.string(), template),
  /** Function bundles that the templates name: function name → SHA-256 of its zip in `dist/functions`. */
  functions: z.record(z.string(), z.string()),
});

const recovery = z.object({
  targets: z.object({ timeMinutes: z.number(), pointSeconds: z.number(), decisionMinutes: z.number(), toldSeconds: z.number() }),
  /** Seconds until the other region answers reads. */
  readsSeconds: z.number(),
  /** Seconds until it takes writes: the sum of `parts`. */
  writesSeconds: z.number(),
  parts: z.array(z.object({ seconds: z.number(), what: z.string() })),
  /** Seconds of writes that may be lost. */
  lostSeconds: z.number(),
  /** Seconds of lag at which somebody is told that replication has stopped. */
  toldSeconds: z.number(),
});

const kubernetes = z.object({
  /** Minor version of the clusters. */
  version: z.string(),
  /** The deployment whose root outputs fill in the placeholders. */
  deployment: z.string(),
  /** In the order in which they are applied. */
  files: z.array(
    z.object({
      /** Path from the environment's folder, for example `kubernetes/40-api.yaml`. */
      file: z.string(),
      /** The only region whose cluster takes it; all of them when absent. */
      region: z.string().optional(),
      sha256: z.string(),
      /** Names in `${…}`, sorted. */
      placeholders: z.array(z.string()),
    }),
  ),
  /** What Helm installs before them. */
  charts: z.array(z.object({ name: z.string(), repository: z.string(), chart: z.string(), version: z.string(), namespace: z.string(), file: z.string(), placeholders: z.array(z.string()) })),
});

const manifest = z.object({
  version: z.literal(1),
  system: z.string(),
  title: z.string(),
  environment: z.string(),
  shortEnvironment: z.string(),
  regions: z.object({ primary: z.string(), secondary: z.string() }),
  /** Whether it is rolled by itself, without what an account shares. */
  standsAlone: z.literal(true).optional(),
  /** Recovery in the worst case, of a system that has promised one. */
  recovery: recovery.optional(),
  /** In the order of first creation. */
  deployments: z.array(deployment),
  /** What its Kubernetes clusters run, of a system that has some. */
  kubernetes: kubernetes.optional(),
});

/** What was built for a system in one environment: the table of contents of its folder in `dist`. */
export type Manifest = z.infer<typeof manifest>;
export type ManifestDeployment = Manifest['deployments'][number];
export type ManifestGrowth = z.infer<typeof growth>;
export type ManifestRecovery = z.infer<typeof recovery>;
export type ManifestKubernetes = z.infer<typeof kubernetes>;
export type ManifestTemplate = ManifestDeployment['templates'][string];
export type ManifestParameterOrigin = ManifestDeployment['parameters'][string];

/** The folder of one environment's build. */
export const environmentFolder = (dist: string, system: string, environment: string): string => join(dist, system, environment);

/**
 * Reads and validates a manifest.
 * @throws MeridianError when the environment was not built, or its manifest is not one of this version
 */
export function readManifest(dist: string, system: string, environment: string): Manifest {
  const file = join(environmentFolder(dist, system, environment), 'manifest.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MeridianError(`${system} ${environment} not built: ${file} can't be read. Run "npm run build:templates".`, 2, { cause });
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new MeridianError(`Manifest ${file} damaged: it is not JSON. Run "npm run build:templates" again.`, 2, { cause });
  }
  const parsed = manifest.safeParse(data);
  if (!parsed.success) {
    throw new MeridianError(`Manifest ${file} of another version: ${z.prettifyError(parsed.error)}. Run "npm run build:templates" again.`, 2, { cause: parsed.error });
  }
  return parsed.data;
}
