import { z } from 'zod';
import type { Finding } from '../finding';
import { valueAt, valueText } from '../value-text';
import type { CheckedManifest } from './checked-manifest';

/** What is wrong with an object, as `validate_manifests.py` says it; null when nothing is. */
export const mistakeSchema = z.object({ path: z.array(z.string()), message: z.string() }).nullable();

export type Mistake = z.infer<typeof mistakeSchema>;

/** Says a mistake in an object of a manifest as a finding. Its place has the form of a template's: `kubernetes/40-api#DeploymentApi`. */
export function mistakeFinding(manifest: CheckedManifest, object: Readonly<Record<string, unknown>>, { path, message }: NonNullable<Mistake>): Finding {
  const { system, environment, name, regions, shown, version } = manifest;
  return {
    source: 'kubernetes-validate',
    rule: 'kubernetes-schema',
    controls: [],
    severity: 'HIGH',
    what: message.length > 300 ? `${message.slice(0, 299)}…` : message,
    where: { system, environment, deployment: 'kubernetes', template: name, logicalId: idOf(object), regions, emitted: shown },
    now: `${path.length === 0 ? 'the object' : path.join('.')}: ${valueText(valueAt(object, path))}`,
    fix: `Correct the field by the reference of Kubernetes ${version}`,
    path: path.join('/'),
    title: 'Kubernetes objects have only fields that the clusters’ version knows, with values of their types',
    page: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  };
}

/** Kind and name in letters and digits, as a logical id has them: `DeploymentApi`. */
function idOf(object: Readonly<Record<string, unknown>>): string {
  const parts = [object['kind'], valueAt(object, ['metadata', 'name'])].flatMap((part) => String(part ?? '').split(/[^A-Za-z0-9]+/));
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
