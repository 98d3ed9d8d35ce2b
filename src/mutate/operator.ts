import type { Severity } from '../check';
import type { Json, JsonObject } from './json';

/** An entry of a template's `Resources`. */
export interface Resource extends JsonObject {
  readonly Type: string;
}

/** One resource as one mistake leaves it. */
export interface Alteration {
  /** Where the mistake is: `Listeners[0].SslPolicy`; empty for the resource as a whole. */
  readonly place: string;
  /** What an engineer would see in the difference: `"TLSv1.2_2021" → "TLSv1"`. */
  readonly change: string;
  /** The altered resource; undefined when it is removed whole. */
  readonly resource: Resource | undefined;
  /** Parameters that the mistake adds to the template, by name. @default none */
  readonly parameters?: JsonObject;
}

/** Finds the places of a resource where a mistake can be made, and makes it at each: one alteration for each place. Never changes the resource it is given. */
export type Mistake = (resource: Resource) => readonly Alteration[];

/**
 * A seeded mistake: something that an engineer could really write and that makes a production system less secure, less available, harder
 * to recover or harder to audit. Operators are written from what attackers, auditors and outages teach, not from the rules that
 * should notice them.
 */
export interface Operator {
  /** `<service>-<what is wrong>`: `rds-storage-unencrypted`. */
  readonly id: string;
  /** What goes wrong, in plain words. */
  readonly title: string;
  readonly severity: Severity;
  /** The controls that the mistake violates: `PCI DSS 4.0.1 3.5.1`. */
  readonly controls: readonly string[];
  /** CloudFormation types that the mistake can be made in. */
  readonly types: readonly string[];
  readonly mistake: Mistake;
}

/** The text of a value in a change: short, and always the same for the same value. */
export function changeText(before: Json | undefined, after: Json | undefined): string {
  return `${shown(before)} → ${shown(after)}`;
}

function shown(value: Json | undefined): string {
  if (value === undefined) return '(absent)';
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
