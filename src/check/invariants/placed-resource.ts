import type { ResolvedResource, Value } from '../../resolve';
import { valueOf, valuesAt } from '../value-path';

/** A resource of an environment with the deployment and the region in which it stands. */
export class PlacedResource {
  constructor(
    readonly deployment: string,
    readonly region: string,
    /** The instance's id, as origins of values name it. */
    readonly instance: string,
    readonly resource: ResolvedResource,
  ) {}

  get type(): string {
    return this.resource.type;
  }

  get logicalId(): string {
    return this.resource.logicalId;
  }

  /** The value of a property, `RedrivePolicy.maxReceiveCount`; undefined when it is absent or inside something unknown. */
  at(path: string): Value | undefined {
    return valueOf(this.resource.properties, path);
  }

  /** All values at a path with `*` for elements of lists. */
  all(path: string): Value[] {
    return valuesAt(this.resource.properties, path);
  }

  /** The value of a tag in a `Tags` list or map; undefined when it is absent or unknown. */
  tag(key: string): string | undefined {
    const listed = this.all('Tags.*').find((tag) => valueOf(tag, 'Key') === key);
    const value = valueOf(listed, 'Value') ?? this.at(`Tags.${key}`);
    return typeof value === 'string' ? value : undefined;
  }
}
