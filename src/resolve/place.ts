import type { InstanceContext } from './context';
import type { Template } from './template';
import type { NoValue, Unknown, Value } from './unknown';

/** What a condition says: true, false, or undecided because an operand is unknown. */
export type Truth = boolean | Unknown;

/** What an expression can see: one stack of the instance while it is resolved. */
export interface Scope {
  readonly context: InstanceContext;
  /** Path of the stack: the empty text for the root, `Data`, `Data/Inner`. */
  readonly stack: string;
  /** The stack's template file. */
  readonly file: string;
  readonly template: Template;
  /** Resolves an expression. Throws MeridianError for one that CloudFormation would refuse. */
  evaluate(raw: unknown, place: Place): Value | NoValue;
  /** The value of a parameter of this stack, or undefined when none has the name. */
  parameter(name: string): Value | undefined;
  /** The truth of a named condition. Throws MeridianError for an unknown name. */
  condition(name: string, place: Place): Truth;
  /** The nested stack of a logical id, or undefined when the resource is none or its template is not local. */
  nested(logicalId: string): Scope | undefined;
  /**
   * The property of a resource that an attribute of the same name repeats, such as `CidrBlock` of a VPC; undefined when the
   * resource has none.
   */
  echoedProperty(logicalId: string, attribute: string): Value | undefined;
  /** The value of an output of this stack. Throws MeridianError when there is none. */
  output(name: string, place: Place): Value;
}

/** Where in a template an expression stands: what error messages and links name. */
export class Place {
  private readonly section: string;

  private constructor(readonly scope: Scope, private readonly parent: Place | undefined, private readonly key: string) {
    this.section = parent?.section || key;
  }

  /**
   * A place in a scope's template.
   * @param path keys from the template's top, for example `'Resources', 'Vpc', 'Properties', 'CidrBlock'`
   */
  static of(scope: Scope, ...path: readonly string[]): Place {
    return new Place(scope, undefined, '').at(...path);
  }

  /** The place of an element or property below this one. */
  at(...keys: readonly string[]): Place {
    let place: Place = this;
    for (const key of keys) place = new Place(this.scope, place, key);
    return place;
  }

  /** The keys from the template's top. */
  get path(): readonly string[] {
    return this.parent ? [...this.parent.path, this.key] : [];
  }

  /** Whether resources have no value here: conditions are decided before any resource stands. */
  get beforeResources(): boolean {
    return this.section === 'Conditions';
  }

  /** The file and the path, for messages. */
  toString(): string {
    return `${this.scope.file} at ${this.path.join('.')}`;
  }
}
