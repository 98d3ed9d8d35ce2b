import type { NodeReference } from '../progress';

/** A value that is not as its template says. */
export interface Difference {
  /** JSON pointer from the resource's properties, for example `/RedrivePolicy/maxReceiveCount`. */
  readonly property: string;
  /** As the template says; `null` when it says nothing. */
  readonly expected: string;
  /** As it is; `null` when it is not there. */
  readonly actual: string;
}

/** A resource that somebody or something changed outside CloudFormation. */
export interface DriftedResource {
  readonly node: NodeReference;
  readonly account: string;
  /** The root stack, which is where drift is reverted. */
  readonly rootStackId: string;
  /** Logical ids of the nested stacks from the root down. */
  readonly path: readonly string[];
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  /** DELETED when it is gone. */
  readonly status: 'MODIFIED' | 'DELETED';
  /** Empty when it is gone. */
  readonly differences: readonly Difference[];
  /** TypeScript file and line that authored it, and the system's line that asked for it when a module did. */
  readonly source?: { readonly at: string; readonly from?: string };
  /** Why this is no mistake, when all of its differences are of a kind that a healthy system shows. */
  readonly expectedBecause?: string;
  /** Whether bringing it back would undo a failover. */
  readonly undoesFailover?: true;
}
