import { createHash } from 'node:crypto';
import type { ManifestDeployment } from '../build/manifest';
import { stackSetRootBytes } from '../cfn/quotas';
import { MeridianError } from '../errors';
import { rootName, type Build } from './build';
import { nestedStackType, parseTemplate, readBuilt, type EmittedTemplate } from './template';

/**
 * The largest template that a request may hold itself, in bytes. A larger one goes through a bucket.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const inlineBytes = 51_200;

/** A file in the artifact bucket. Its key is the SHA-256 of its bytes, so what is there never needs to be sent again. */
export interface Artifact {
  readonly key: string;
  readonly bytes: Buffer;
  readonly contentType: 'application/json' | 'application/zip';
}

/** A deployment ready to be rolled. */
export interface DeploymentPackage {
  /** The root as CloudFormation gets it. */
  readonly root: Artifact;
  /** Whether the root is too large for a request and is read from the bucket of the StackSet's home region. */
  readonly rootByUrl: boolean;
  /** Nested templates and function bundles, without the root. */
  readonly artifacts: readonly Artifact[];
}

/** The artifact bucket of an account and region. */
export function artifactBucket(account: string, region: string): string {
  return `meridian-artifacts-${account}-${region}`;
}

/** The URL of an artifact in the stack's own account and region, path style, because CloudFormation resolves it in each instance. */
function artifactUrl(key: string): { 'Fn::Sub': string } {
  return { 'Fn::Sub': 'https://s3.${AWS::Region}.${AWS::URLSuffix}/meridian-artifacts-${AWS::AccountId}-${AWS::Region}/' + key };
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Packages a deployment: nested templates first, each by the hash of its bytes, so that a change anywhere changes the root.
 * @throws MeridianError when a file is not the one that the manifest names, a nested template is missing, or the root is over
 *         what a StackSet takes
 */
export function packageDeployment(build: Build, deployment: ManifestDeployment): DeploymentPackage {
  const packaged = new Map<string, Artifact>();
  const root = packageTemplate(build, deployment, rootName, packaged, []);
  if (root.bytes.length > stackSetRootBytes) {
    throw new MeridianError(`Root of ${build.name} ${deployment.name} too large: it has ${root.bytes.length} bytes, a StackSet takes ${stackSetRootBytes}. Move resources into nested templates.`, 2);
  }
  packaged.delete(rootName);
  const bundles = Object.entries(deployment.functions).map(([name, hash]) => packageFunction(build, name, hash));
  return { root, rootByUrl: root.bytes.length > inlineBytes, artifacts: [...packaged.values(), ...bundles] };
}

function packageTemplate(build: Build, deployment: ManifestDeployment, name: string, packaged: Map<string, Artifact>, parents: readonly string[]): Artifact {
  const known = packaged.get(name);
  if (known) return known;
  if (parents.includes(name)) throw new MeridianError(`Template ${name} of ${deployment.name} nests itself: ${[...parents, name].join(' → ')}. Remove one of the nestings.`, 2);
  const file = build.templateFile(deployment, name);
  const bytes = readBuilt(file);
  const promised = deployment.templates[name]?.sha256;
  if (promised !== sha256(bytes)) {
    throw new MeridianError(`Template ${file} not the one that was built: its content no longer has the hash in the manifest. Run "npm run build:templates" again.`, 2);
  }
  const template = parseTemplate(bytes.toString('utf8'), file);
  const urls = new Map(
    Object.entries(deployment.templates[name]?.nests ?? {}).map(([logicalId, child]) => [
      logicalId,
      artifactUrl(packageTemplate(build, deployment, child, packaged, [...parents, name]).key),
    ]),
  );
  const artifact = toArtifact(Buffer.from(JSON.stringify(withUrls(template, urls, file))), 'json');
  packaged.set(name, artifact);
  return artifact;
}

function withUrls(template: EmittedTemplate, urls: ReadonlyMap<string, object>, file: string): EmittedTemplate {
  const resources = Object.entries(template.Resources).map(([id, resource]): [string, object] => {
    const url = resource.Properties?.['TemplateURL'];
    if (resource.Type !== nestedStackType || typeof url !== 'string' || !url.startsWith('./')) return [id, resource];
    const packagedUrl = urls.get(id);
    if (!packagedUrl) throw new MeridianError(`Nested stack ${id} of ${file} unknown: the manifest does not say which template it nests. Run "npm run build:templates" again.`, 2);
    return [id, { ...resource, Properties: { ...resource.Properties, TemplateURL: packagedUrl } }];
  });
  return { ...template, Resources: Object.fromEntries(resources) as EmittedTemplate['Resources'] };
}

function packageFunction(build: Build, name: string, hash: string): Artifact {
  const file = build.functionFile(hash);
  const artifact = toArtifact(readBuilt(file), 'zip');
  if (artifact.key !== `${hash}.zip`) {
    throw new MeridianError(`Bundle of function ${name} not the one that was built: the content of ${file} has another hash than its name. Run "npm run build:templates" again.`, 2);
  }
  return artifact;
}

function toArtifact(bytes: Buffer, extension: 'json' | 'zip'): Artifact {
  return { key: `${sha256(bytes)}.${extension}`, bytes, contentType: `application/${extension}` };
}
