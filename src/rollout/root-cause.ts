import type { ManifestDeployment } from '../build/manifest';
import { rootName } from './build';
import { suggestedFix } from './diagnose/known-failure';
import type { Origin } from './diagnose/origin';
import type { TreeEvent } from './stack-events';

/** The resource whose failure made everything else fail. */
export interface RootCause {
  /** Logical ids of the nested stacks from the root down; empty when the root's own resource failed. */
  readonly path: readonly string[];
  readonly stackId: string;
  readonly logicalId: string;
  readonly resourceType: string;
  /** CREATE_FAILED, UPDATE_FAILED or DELETE_FAILED. */
  readonly status: string;
  /** The service's own words. */
  readonly reason: string;
  readonly at: Date;
  /** TypeScript file and line that authored the resource, and the system's line that asked for it when a module did. */
  readonly source?: { readonly at: string; readonly from?: string };
  /** What helps, when the failure is one that people know. */
  readonly fix?: string;
  /** Where the values come from that the reason speaks of; undefined until CloudFormation was asked. */
  readonly because?: readonly Origin[];
}

/** What CloudFormation says of resources that failed only because another one did. */
const consequences = [/cancelled/i, /^Embedded stack .* was not successfully/i, /^The following resource\(s\) failed to/i];

/** Whether an event is the failure of a resource that failed only because another one did. */
export function isConsequence({ ofStack, status, reason }: TreeEvent): boolean {
  return !ofStack && status.endsWith('_FAILED') && consequences.some((pattern) => pattern.test(reason));
}

/**
 * The first failure in time that is no consequence of another; of two at the same moment the deeper one.
 * @param deployment what was built, for the line that authored the resource
 * @returns undefined when no resource failed, for example because StackSets could not act at all
 */
export function rootCause(events: readonly TreeEvent[], deployment: ManifestDeployment | undefined): RootCause | undefined {
  const failures = events
    .filter((event) => !event.ofStack && event.status.endsWith('_FAILED') && !isConsequence(event))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || b.path.length - a.path.length);
  const first = failures[0];
  if (!first) return undefined;
  const { path, stackId, logicalId, resourceType, status, reason, at } = first;
  const source = deployment && templateAt(deployment, path)?.sources[logicalId];
  const fix = suggestedFix(resourceType, reason);
  return { path, stackId, logicalId, resourceType, status, reason, at, ...(source && { source }), ...(fix !== undefined && { fix }) };
}

/** The template of a nested stack by its path of logical ids from the root. */
export function templateAt(deployment: ManifestDeployment, path: readonly string[]): ManifestDeployment['templates'][string] | undefined {
  const name = path.reduce<string | undefined>((parent, logicalId) => (parent === undefined ? undefined : deployment.templates[parent]?.nests[logicalId]), rootName);
  return name === undefined ? undefined : deployment.templates[name];
}
