import type { NodeReference, RootCause } from '../../rollout';

/** A node in words: `kasha platform in us-east-1`. */
export function placeOf({ system, deployment, region }: NodeReference): string {
  return `${system} ${deployment} in ${region}`;
}

/** A resource by its way from the root: `Data ▸ Primary`. */
export function resourcePath({ path, logicalId }: { readonly path: readonly string[]; readonly logicalId: string }): string {
  return [...path, logicalId].join(' ▸ ');
}

/** Why a node failed, in one line: the resource that failed first when one did, for StackSets' own reason only repeats its consequences. */
export function shortCause({ rootCause, reason }: { readonly rootCause?: RootCause; readonly reason?: string }): string | undefined {
  return rootCause ? `${resourcePath(rootCause)} (${rootCause.resourceType}): ${rootCause.reason}` : reason;
}

/**
 * Why a node failed, as lines: the resource, the service's words, and the TypeScript to change.
 * @param paint marks the labels
 */
export function causeLines({ rootCause, reason }: { readonly rootCause?: RootCause; readonly reason?: string }, paint: (label: string) => string): string[] {
  const line = (label: string, text: string): string => `  ${paint(label.padEnd(7))} ${text}`;
  if (!rootCause) return [line('Cause', reason ?? 'StackSets gives no reason')];
  const { resourceType, status, at, source } = rootCause;
  const sources = source ? [source.from, source.at].filter((file) => file !== undefined).join('  ') : undefined;
  return [
    line('Cause', `${resourcePath(rootCause)} (${resourceType}) ${status}, the first failure, at ${at.toISOString().slice(11, 19)} UTC`),
    line('', `"${rootCause.reason}"`),
    ...(sources ? [line('Source', sources)] : []),
  ];
}
