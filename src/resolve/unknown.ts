import type { TemplateParameter } from './template';

/** A value that JSON writes without brackets. */
export type Scalar = string | number | boolean | null;

/** A resolved value: JSON in which what cannot be known before deployment is an {@link Unknown}. */
export type Value = Scalar | Unknown | readonly Value[] | ValueObject;

/** An object of resolved values. */
export interface ValueObject {
  readonly [key: string]: Value;
}

/** What `{"Ref": "AWS::NoValue"}` resolves to: the property or list element is left out. */
export const noValue: unique symbol = Symbol('AWS::NoValue');

/** The type of {@link noValue}. */
export type NoValue = typeof noValue;

/** A physical id (`Ref`) or attribute (`Fn::GetAtt`) of a resource, known once it stands. */
export interface ResourceOrigin {
  readonly kind: 'resource';
  /** The instance that holds the resource, see `InstanceInput.id`. */
  readonly instance: string;
  /** Path of the stack that holds it: `Data`, or the empty text for the root. */
  readonly stack: string;
  /** The stack's template file. */
  readonly file: string;
  readonly logicalId: string;
  readonly type: string;
  /** `Ref`, or the attribute's name such as `Endpoint.Address`. */
  readonly attribute: string;
}

/** A parameter that was given no value, or whose value must not be shown. */
export interface ParameterOrigin {
  readonly kind: 'parameter';
  readonly instance: string;
  readonly stack: string;
  readonly file: string;
  readonly name: string;
  readonly declaration: TemplateParameter;
  /** True for `NoEcho`: a value exists, and nobody may read it. */
  readonly hidden: boolean;
}

/** An SSM parameter that no resolved deployment writes. */
export interface SsmOrigin {
  readonly kind: 'ssm';
  /** The parameter's name. */
  readonly name: Value;
  /** The declared type, such as `AWS::SSM::Parameter::Value<String>`. */
  readonly type: string;
}

/** A pseudo parameter that only the running stack has, such as `AWS::StackId`. */
export interface PseudoOrigin {
  readonly kind: 'pseudo';
  readonly instance: string;
  readonly stack: string;
  readonly name: string;
}

/** A value that a stack outside the instance provides: `Fn::ImportValue` or `Fn::GetStackOutput`. */
export interface ImportOrigin {
  readonly kind: 'import';
  readonly function: 'Fn::ImportValue' | 'Fn::GetStackOutput';
  readonly argument: Value;
}

/** The functions that keep their call when an argument is unknown. */
export type ExpressionFunction =
  | 'Fn::Base64' | 'Fn::Cidr' | 'Fn::FindInMap' | 'Fn::GetAZs' | 'Fn::If' | 'Fn::Join' | 'Fn::Length' | 'Fn::Select' | 'Fn::Split' | 'Fn::ToJsonString'
  | 'Fn::And' | 'Fn::Equals' | 'Fn::Not' | 'Fn::Or';

/** A function of which an argument is unknown. */
export interface ExpressionOrigin {
  readonly kind: 'expression';
  readonly function: ExpressionFunction;
  readonly arguments: readonly (Value | NoValue)[];
  /** For `Fn::If`: the condition's name where it was written; its truth is the first argument. */
  readonly condition?: string;
}

/** Where a value that cannot be known before deployment comes from. */
export type Origin = ResourceOrigin | ParameterOrigin | SsmOrigin | PseudoOrigin | ImportOrigin | ExpressionOrigin;

/** A value that cannot be known before deployment. Made by `unknownOf`. */
export class Unknown {
  private identified: string | undefined;

  /** @param identify gives the identity of an origin; asked once, when somebody compares */
  constructor(readonly origin: Origin, private readonly identify: (origin: Origin) => string) {}

  /** Text that two unknowns share exactly when they will have the same value. */
  get identity(): string {
    return (this.identified ??= this.identify(this.origin));
  }

  /** The JSON form, for reports: never a `NoEcho` value. */
  toJSON(): { readonly $unknown: string } {
    return { $unknown: this.identity };
  }
}
