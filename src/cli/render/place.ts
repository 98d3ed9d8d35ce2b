import type { AccountResult, NodeReference, Origin, RootCause } from '../../rollout';

/** A node in words: `kasha platform in us-east-1`. */
export function placeOf({ system, deployment, region }: NodeReference): string {
  return `${system} ${deployment} in ${region}`;
}

/** A resource by its way from the root: `Data ▸ Primary`. */
export function resourcePath({ path, logicalId }: { readonly path: readonly string[]; readonly logicalId: string }): string {
  return [...path, logicalId].join(' ▸ ');
}

/** What one line says of a failure. */
export interface ShortFailure {
  readonly rootCause?: RootCause;
  readonly reason?: string;
  /** Where there is more than one. */
  readonly accounts?: readonly AccountResult[];
}

/** Why a node failed, in one line: the resource that failed first when one did, for StackSets' own reason only repeats its consequences. */
export function shortCause({ rootCause, reason, accounts = [] }: ShortFailure): string | undefined {
  const failed = accounts.length > 1 ? accounts.find(({ outcome }) => outcome === 'failed') : undefined;
  const why = rootCause ? `${resourcePath(rootCause)} (${rootCause.resourceType}): ${rootCause.reason}` : reason;
  return failed && why !== undefined ? `account ${failed.account}: ${why}` : why;
}

/** What is known of a failure, whichever command tells it. */
export interface Failure {
  readonly rootCause?: RootCause;
  /** StackSets' own words. */
  readonly reason?: string;
  /** What helps against `reason`. */
  readonly fix?: string;
}

/**
 * Why a node failed, as lines: the resource, the service's words, where the values came from, the TypeScript to change, and what helps.
 * @param paint marks the labels
 */
export function causeLines({ rootCause, reason, fix }: Failure, paint: (label: string) => string): string[] {
  const line = (label: string, text: string): string => `  ${paint(label.padEnd(7))} ${text}`;
  const fixLine = (text: string | undefined): string[] => (text === undefined ? [] : [line('Fix', text)]);
  if (!rootCause) return [line('Cause', reason ?? 'StackSets gives no reason'), ...fixLine(fix)];
  const { resourceType, status, at, source, because = [] } = rootCause;
  const sources = source ? [source.from, source.at].filter((file) => file !== undefined).join('  ') : undefined;
  return [
    line('Cause', `${resourcePath(rootCause)} (${resourceType}) ${status}, the first failure, at ${at.toISOString().slice(11, 19)} UTC`),
    line('', `"${rootCause.reason}"`),
    ...because.map((origin, index) => line(index === 0 ? 'Because' : '', originText(origin))),
    ...(sources ? [line('Source', sources)] : []),
    ...fixLine(rootCause.fix),
  ];
}

/** `Network ▸ Outputs.SubnetIds = subnet-1,subnet-2, as parameter SubnetIds` */
function originText({ parameter, value, from }: Origin): string {
  const giver = from.join(', ');
  return `${giver}${value === undefined ? '' : ` = ${value}`}${giver.endsWith(parameter) ? '' : `, as parameter ${parameter}`}`;
}
