import type { Template } from './template';
import type { Value } from './unknown';

/** A reference whose value was known at once, so that only this record remembers it. */
export interface Link {
  readonly stack: string;
  /** Keys from the template's top. */
  readonly path: readonly string[];
  readonly logicalId: string;
  readonly attribute: string;
}

/** What all stacks of an instance share while it is resolved. */
export interface InstanceContext {
  readonly id: string;
  readonly region: string;
  readonly accountId: string | undefined;
  readonly partition: string;
  readonly urlSuffix: string;
  readonly stackName: string | undefined;
  /** Templates by normalised file name. */
  readonly templates: ReadonlyMap<string, Template>;
  /** Values by SSM parameter name. */
  readonly wires: Readonly<Record<string, Value>>;
  /** Zone names by region, in order. */
  readonly zones: Readonly<Record<string, readonly string[]>>;
  /** Blocks that were cut already, by the call: templates cut the same range for each of their subnets. */
  readonly blocks: Map<string, readonly string[]>;
  /** Collects references to known attributes. */
  readonly links: Link[];
}
