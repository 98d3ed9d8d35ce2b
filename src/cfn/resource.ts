import { ResourceBase } from 'cloudform-types/types/resource';
import type { Value } from './intrinsics';

/** What happens to the real thing when its resource leaves the stack or is replaced. */
export type RetentionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** One tag in list form. */
export interface Tag {
  readonly Key: Value<string>;
  readonly Value: Value<string>;
}

/** Where a resource type keeps its tags, as its registry schema says: a list, a map, or an Auto Scaling group's list. */
export interface Tagging {
  readonly property: string;
  readonly shape: 'list' | 'map' | 'propagating-list';
}

/**
 * A resource of one type: cloudform's runtime class with the parts of a resource that cloudform 7.5.0 does not know.
 * The generated classes extend it; `Attribute` is the union of names that `Fn::GetAtt` accepts for the type.
 */
export abstract class Resource<Properties extends object, Attribute extends string, Type extends string> extends ResourceBase<Properties> {
  /** Compile-time only: the type's `Fn::GetAtt` names. */
  declare readonly attribute: Attribute;
  declare readonly Type: Type;
  declare UpdateReplacePolicy?: Exclude<RetentionPolicy, 'RetainExceptOnCreate'>;

  protected constructor(type: Type, properties: Properties) {
    // A copy: tags and boundary are added to it, and the caller may use its object again.
    super(type, { ...properties });
  }

  /**
   * Sets `DeletionPolicy` and `UpdateReplacePolicy` together: with the first alone, a replacement still loses the data.
   * `RetainExceptOnCreate` is for deletion only; the replaced resource is retained.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
   */
  keep(policy: RetentionPolicy): this {
    // cloudform's enum lacks RetainExceptOnCreate; the emitted value is the string itself.
    Object.assign(this, { DeletionPolicy: policy, UpdateReplacePolicy: policy === 'RetainExceptOnCreate' ? 'Retain' : policy });
    return this;
  }
}

/** Any resource, whatever its type. */
export type AnyResource = Resource<object, string, string>;
