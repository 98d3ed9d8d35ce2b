import type { WaivedFinding } from './apply-waivers';
import { severities, type Severity } from './finding';
import type { Waiver } from './waiver';

/** A waiver in use whose end is near. */
export interface EndingWaiver extends Pick<Waiver, 'rule' | 'resource' | 'owner' | 'expires'> {
  /** Days until its last day; 0 on that day. */
  readonly days: number;
}

/** What waivers cover, and how long they still do. */
export interface WaiverSummary {
  /** Findings that a waiver covers, by severity. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** The last day of the waiver in use that ends first. */
  readonly firstExpires?: string;
  /** The waivers in use that end within {@link warningDays} days, the first to end first. */
  readonly ending: readonly EndingWaiver[];
}

/** Days before a waiver's end from which a check warns of it: long enough to mend what is waived, or to have it waived again. */
export const warningDays = 30;

const dayInMs = 24 * 60 * 60 * 1000;

/** Days from one date to another, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayInMs);
}

/**
 * Counts waived findings by severity, and finds the waivers that end soon.
 * @param today `YYYY-MM-DD`
 */
export function summarizeWaivers(waived: readonly WaivedFinding[], today: string): WaiverSummary {
  const inUse = [...new Set(waived.map(({ waiver }) => waiver))].sort((left, right) => (left.expires < right.expires ? -1 : left.expires > right.expires ? 1 : 0));
  const count = (severity: Severity): number => waived.filter(({ finding }) => finding.severity === severity).length;
  return {
    bySeverity: Object.fromEntries(severities.map((severity) => [severity, count(severity)])) as Record<Severity, number>,
    firstExpires: inUse[0]?.expires,
    ending: inUse
      .map(({ rule, resource, owner, expires }) => ({ rule, resource, owner, expires, days: daysBetween(today, expires) }))
      .filter(({ days }) => days <= warningDays),
  };
}
