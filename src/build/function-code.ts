import { MeridianError } from '../errors';
import { isServerless, resourcesOf, SAM_TRANSFORM, type SamResource, type SamTemplate } from './sam-template';

/**
 * How a template names its function's code when it is authored: `CodeUri: 'function:<name>'`, with the name of a folder
 * of `src/functions`. The two functions below turn it into the two forms that are emitted.
 */
const MARKER = /^function:(.+)$/;

/** Where StackSets' templates find a function's code: the artifact bucket of the account and region they run in. */
const ARTIFACT_BUCKET = { 'Fn::Sub': 'meridian-artifacts-${AWS::AccountId}-${AWS::Region}' };

/** The names of the functions that a template uses, sorted, each once. */
export function functionsIn(template: SamTemplate): string[] {
  const names = resourcesOf(template).flatMap(([, resource]) => functionName(resource) ?? []);
  return [...new Set(names)].sort();
}

/**
 * The template with its functions' code in the artifact bucket, by hash: the form that is expanded for StackSets.
 *
 * @param hashes hash of each function's zip by its name
 * @throws MeridianError when a function has no hash
 */
export function withArtifact<T extends SamTemplate>(template: T, hashes: Readonly<Record<string, string>>): T {
  return mapCode(template, (name, logicalId) => {
    const hash = hashes[name];
    if (hash === undefined) {
      throw new MeridianError(
        `${logicalId}: function "${name}" was not bundled. Add src/functions/${name}/index.ts or correct CodeUri.`,
        1,
      );
    }
    return { Bucket: ARTIFACT_BUCKET, Key: `${hash}.zip` };
  });
}

/**
 * The template with its functions' code in local folders and SAM's transform switched on: the form that `sam deploy`
 * takes.
 *
 * @param functionsPath the folder of the unzipped bundles, relative to where the template is written: SAM resolves
 *   `CodeUri` from there. A function's code is `<functionsPath>/<name>`
 */
export function withLocalPath<T extends SamTemplate>(template: T, functionsPath: string): T {
  const local = mapCode(template, (name) => `${functionsPath}/${name}`);
  return isServerless(template) ? { ...local, Transform: SAM_TRANSFORM } : local;
}

function mapCode<T extends SamTemplate>(template: T, code: (name: string, logicalId: string) => unknown): T {
  if (functionsIn(template).length === 0) return template;
  const resources = resourcesOf(template).map(([logicalId, resource]) => {
    const name = functionName(resource);
    if (name === undefined) return [logicalId, resource];
    return [logicalId, { ...resource, Properties: { ...resource.Properties, CodeUri: code(name, logicalId) } }];
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

function functionName({ Type, Properties }: SamResource): string | undefined {
  const code = Type === 'AWS::Serverless::Function' ? Properties?.['CodeUri'] : undefined;
  return typeof code === 'string' ? MARKER.exec(code)?.[1] : undefined;
}
