import type { Truth } from './place';
import type { Template } from './template';
import type { Unknown, Value, ValueObject } from './unknown';

/** A resource that an instance has. */
export interface ResolvedResource {
  /** Path in the instance: `Data/Primary`, or `Vpc` in the root. */
  readonly id: string;
  /** Path of the stack that holds it. */
  readonly stack: string;
  /** The stack's template file. */
  readonly file: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: ValueObject;
  /** The condition's name, when the template gives one; it is true or undecided, else the resource would be absent. */
  readonly condition?: string;
  /** Logical ids in the same stack, absent ones left out. */
  readonly dependsOn: readonly string[];
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  readonly metadata?: Value;
  readonly creationPolicy?: Value;
  readonly updatePolicy?: Value;
}

/** An output that an instance's stack has. */
export interface ResolvedOutput {
  readonly value: Value;
  readonly exportName?: Value;
}

/** One stack of an instance. */
export interface ResolvedStack {
  /** Path: the empty text for the root, `Data`, `Data/Inner`. */
  readonly path: string;
  readonly file: string;
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, Value>;
  readonly conditions: ReadonlyMap<string, Truth>;
  readonly resources: ReadonlyMap<string, ResolvedResource>;
  readonly outputs: ReadonlyMap<string, ResolvedOutput>;
  /** Nested stacks by the logical id of their resource. */
  readonly nested: ReadonlyMap<string, ResolvedStack>;
}

/** That a resource reads another, or waits for it. */
export interface Edge {
  /** Id of the reading resource. */
  readonly from: string;
  /** Where it reads, from the resource's top: `Properties.VpcId`, `DependsOn.0`. */
  readonly property: string;
  /** Instance that holds the resource that is read; another one than the reader's when the value came by a wire. */
  readonly instance: string;
  /** Id of the resource that is read. */
  readonly to: string;
  /** `Ref`, the attribute's name, or `DependsOn` for an order without a value. */
  readonly attribute: string;
}

/** A place in a resource that holds something. */
export interface Occurrence {
  /** Id of the resource. */
  readonly resource: string;
  /** From the resource's top, for example `Properties.MasterUserPassword`. */
  readonly property: string;
}

/** A value of a resource that is not known before deployment. */
export interface UnknownOccurrence extends Occurrence {
  readonly unknown: Unknown;
}

/** A secret that a resource reads: a dynamic reference to Secrets Manager or a secure SSM parameter, or a `NoEcho` parameter. */
export interface SecretOccurrence extends Occurrence {
  readonly from: 'secretsmanager' | 'ssm-secure' | 'NoEcho';
}
