import type Template from 'cloudform-types/types/template';
import type { DeploymentInstance, SystemInstance } from '../cfn';
import { checkOperation, checkQuotas, stackSetRootBytes } from '../cfn/quotas';
import { render } from '../cfn/render';
import { MeridianError } from '../errors';
import { expandSam } from './expand-sam';
import { sha256 } from './function-cache';
import { functionsIn, withArtifact, withLocalPath } from './function-code';
import { growthOf, operationSize } from './growth';
import { emitKubernetes } from './kubernetes';
import type { Manifest, ManifestDeployment } from './manifest';
import { promisedRecovery } from './recovery';
import { resourcesOf, type SamTemplate } from './sam-template';

/** A system in one environment as files: text by path from the environment's folder, and the manifest that lists them. */
export interface EmittedSystem {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, string>;
}

type Plain = Template & SamTemplate;

/** Where the unexpanded templates find the unzipped bundles: `dist/functions`, seen from `dist/<system>/<environment>/sam/<deployment>`. */
const functionsFromSam = '../../../../functions';

const plainTemplates = new WeakMap<Template, Plain>();

/** A finished template as plain JSON. Rendered once: both forms, their functions and the expansion read it. */
function plain(template: Template): Plain {
  const known = plainTemplates.get(template) ?? (JSON.parse(render(template)) as Plain);
  plainTemplates.set(template, known);
  return known;
}

/** The names of all functions that a built system uses. */
export function functionsOf(instance: SystemInstance): string[] {
  const templates = instance.deployments.flatMap((deployment) => [...deployment.templates.values()]);
  return [...new Set(templates.flatMap(({ template }) => functionsIn(plain(template))))].sort();
}

/** Path of a template from `dist`. */
const pathOf = (instance: SystemInstance, deployment: string, template: string): string => `${instance.system}/${instance.environment}/${deployment}/${template}.json`;

/**
 * The templates of built systems as StackSets take them, by path from `dist`: code in the artifact bucket, SAM expanded. All
 * at once, because each expansion starts Python.
 * @param hashes  SHA-256 of each function's zip, by function name
 * @throws MeridianError when SAM refuses a resource
 */
export function expand(instances: readonly SystemInstance[], hashes: Readonly<Record<string, string>>): Readonly<Record<string, Plain>> {
  const authored = instances.flatMap((instance) =>
    instance.deployments.flatMap((deployment) =>
      [...deployment.templates.values()].map(({ name, template }) => [pathOf(instance, deployment.name, name), withArtifact(plain(template), hashes)] as const),
    ),
  );
  return expandSam(Object.fromEntries(authored));
}

/**
 * A built system in both of its forms: expanded for StackSets, and unexpanded under `sam/` for `sam deploy`.
 * @param expanded  what `expand` gave for it
 * @throws MeridianError when an expanded template or a deployment is over a quota, and when the system cannot recover as it has promised
 */
export function emit(instance: SystemInstance, expanded: ReturnType<typeof expand>, hashes: Readonly<Record<string, string>>): EmittedSystem {
  const files = new Map<string, string>();
  const deployments = instance.deployments.map((deployment): ManifestDeployment => {
    const expandedHere: Record<string, Plain> = {};
    const templates = [...deployment.templates.values()].map((built) => {
      const file = `${deployment.name}/${built.name}.json`;
      const template = expanded[pathOf(instance, deployment.name, built.name)];
      if (!template) throw new Error(`${file} was lost in expansion`);
      expandedHere[built.name] = template;
      const text = render(template);
      files.set(file, text);
      files.set(`sam/${file}`, render(withLocalPath(plain(built.template), functionsFromSam)));
      const usage = checkQuotas(`${instance.system}/${file}`, template);
      return [built.name, { file, sha256: sha256(text), usage, nests: nestsOf(template), sources: built.sources }] as const;
    });
    const emitted = Object.fromEntries(templates);
    checkRootSize(instance, deployment, emitted['root']?.usage['bytes'] ?? 0);
    checkOperation(`${instance.system}/${deployment.name}`, operationSize(emitted));
    const growth = deployment.grows && growthOf(deployment.grows, emitted, expandedHere);
    return {
      name: deployment.name,
      regions: { create: [...deployment.regions.create], update: [...deployment.regions.update] },
      gate: deployment.gate,
      unless: deployment.unless,
      ...(deployment.account !== undefined && { account: deployment.account }),
      ...(deployment.after && { after: [...deployment.after] }),
      ...(growth && { growth }),
      parameters: { ...deployment.parameters, EnvironmentSuffix: { from: 'file' } },
      publishes: Object.fromEntries(Object.entries(deployment.root.outputs).map(([output, token]) => [output, token.type])),
      templates: emitted,
      functions: Object.fromEntries(functionsOf({ ...instance, deployments: [deployment] }).map((name) => [name, hashes[name] ?? ''])),
    };
  });
  const { system, title, environment, shortEnvironment, regions } = instance;
  const built: Manifest = { version: 1, system, title, environment, shortEnvironment, regions: { ...regions }, deployments };
  const recovery = instance.recoveryTargets && promisedRecovery(built, files, instance.recoveryTargets);
  const kubernetes = instance.manifests && emitKubernetes(instance, instance.manifests);
  for (const [file, text] of kubernetes?.files ?? []) files.set(file, text);
  const manifest: Manifest = { ...built, ...(instance.standsAlone && { standsAlone: true as const }), ...(recovery && { recovery }), ...(kubernetes && { kubernetes: kubernetes.manifest }) };
  files.set('manifest.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
  return { manifest, files };
}

function nestsOf(template: Plain): Record<string, string> {
  const nested = resourcesOf(template).filter(([, { Type }]) => Type === 'AWS::CloudFormation::Stack');
  return Object.fromEntries(nested.map(([logicalId, { Properties }]) => [logicalId, String(Properties?.['TemplateURL']).replace(/^\.\/(.*)\.json$/, '$1')]));
}

function checkRootSize(instance: SystemInstance, deployment: DeploymentInstance, bytes: number): void {
  if (bytes <= stackSetRootBytes) return;
  throw new MeridianError(
    `Root of ${instance.system} ${deployment.name} too large: it has ${bytes} bytes, a StackSet takes ${stackSetRootBytes}. Move resources from the root into a nested template.`,
    2,
  );
}
