import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { sha256, type DeploymentPackage } from '../package';
import { stackSetOf, suffixOf, type RolloutPart } from '../nodes';
import type { StackSetDefinition, StackSetState } from '../stack-set';
import { MeridianError } from '../../errors';
import { parseTemplate } from '../template';
import type { CallRecord } from './record';

/** What a journal says of the version that a call rolls. */
export type VersionHashes = Pick<CallRecord, 'newTemplateHash' | 'parametersHash'>;

/** The hashes of a definition. Values of `NoEcho` parameters are left out, hashes of short secrets being easy to guess. */
export function hashesOf({ body, parameters }: StackSetDefinition): Required<VersionHashes> {
  return { newTemplateHash: sha256(Buffer.from(body)), parametersHash: hashOf(withoutSecrets(parameters, [body])) };
}

/**
 * What is rolled, as one hash: the packaged templates of all parts, and their parameters without secrets. Two rollouts with the same
 * hash do the same.
 */
export function buildHash(parts: readonly RolloutPart[], packages: ReadonlyMap<string, DeploymentPackage>): string {
  return hashOf(
    parts.map((part) => {
      const { deployments } = part.build.manifest;
      const roots = deployments.map((deployment) => packages.get(stackSetOf(part, deployment))!.root);
      const parameters = withoutSecrets(part.parameters.values, roots.map(({ bytes }) => bytes.toString('utf8')));
      return { suffix: suffixOf(part), accounts: part.parameters.accounts, roots: roots.map(({ key }) => key), parameters };
    }),
  );
}

/**
 * Keeps the version that a StackSet holds: its template in a file named by its content, on the disk before this returns, and its
 * parameters without secrets.
 * @param folder of the journal
 * @param definition what comes next; it may say that a parameter is secret which was not before
 */
export function keepVersion(folder: string, { stackSet }: StackSetState, definition?: StackSetDefinition): CallRecord['previous'] {
  const body = stackSet.TemplateBody;
  if (body === undefined) return undefined;
  const template = `previous-${sha256(Buffer.from(body))}.json`;
  if (!existsSync(join(folder, template))) writeFileAtomic(join(folder, template), body);
  const values = Object.fromEntries((stackSet.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]));
  return { template, parameters: withoutSecrets(values, [body, ...(definition ? [definition.body] : [])]) };
}

/** The values of the parameters that no template declares `NoEcho`, sorted by name. None at all when a template can't be read. */
function withoutSecrets(values: Readonly<Record<string, string>>, bodies: readonly string[]): Record<string, string> {
  const declared = bodies.map(parametersIn);
  const isOpen = (name: string) => declared.every((parameters) => parameters !== undefined && !isSecret(parameters[name]?.NoEcho));
  return Object.fromEntries(Object.entries(values).filter(([name]) => isOpen(name)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parametersIn(body: string): Readonly<Record<string, { readonly NoEcho?: unknown }>> | undefined {
  try {
    return parseTemplate(body, 'of a StackSet').Parameters ?? {};
  } catch (error) {
    if (error instanceof MeridianError) return undefined;
    throw error;
  }
}

function isSecret(noEcho: unknown): boolean {
  return noEcho === true || String(noEcho).toLowerCase() === 'true';
}

function hashOf(value: unknown): string {
  return sha256(Buffer.from(JSON.stringify(value)));
}
