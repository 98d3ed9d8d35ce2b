import { IntrinsicFunction } from './intrinsics';

/**
 * The CloudFormation parameter types that Meridian's templates use: they are also the kinds of the wires between templates.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export type ScalarType = 'String' | 'Number' | 'AWS::EC2::VPC::Id' | 'AWS::EC2::Subnet::Id' | 'AWS::EC2::SecurityGroup::Id' | 'AWS::Route53::HostedZone::Id';
export type ListType = 'CommaDelimitedList' | 'List<AWS::EC2::Subnet::Id>' | 'List<AWS::EC2::SecurityGroup::Id>';
export type ParameterType = ScalarType | ListType;

/** A template parameter as CloudFormation takes it. `Description` is for the person who fills it in. */
export interface ParameterDefinition<Type extends ParameterType = ParameterType> {
  readonly Type: Type;
  readonly Description?: string;
  readonly Default?: string | number;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly ConstraintDescription?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly MinValue?: number;
  readonly MaxValue?: number;
  readonly NoEcho?: boolean;
}

/** A template's parameters by name. */
export type Parameters = Readonly<Record<string, ParameterDefinition>>;

/**
 * A deploy-time value that knows its kind: what `Ref`, `Fn::GetAtt`, a parameter or a nested stack's output gives.
 * A value of one kind is not assignable where another is wanted, so a subnet id can't be wired into a VPC id.
 */
export class Token<Type extends ParameterType = ParameterType> extends IntrinsicFunction {
  /**
   * @param type  the CloudFormation parameter type of the value
   * @param form  `list` when CloudFormation sees a list (a list parameter), `text` otherwise (comma-separated when the type is a list)
   */
  constructor(name: string, payload: unknown, readonly type: Type, readonly form: 'text' | 'list' = 'text') {
    super(name, payload);
  }

  /** The value as text: a list form joined by commas, as nested-stack parameters, outputs and SSM parameters need it. */
  text(): IntrinsicFunction {
    return this.form === 'list' ? new IntrinsicFunction('Fn::Join', [',', this]) : this;
  }

  /** The value as a list: a comma-separated text split, as list properties need it. */
  list(): IntrinsicFunction {
    return this.form === 'list' ? this : new IntrinsicFunction('Fn::Split', [',', this]);
  }
}

/** Marks an intrinsic that is known to give text as a String value for wiring. */
export function stringToken(value: IntrinsicFunction): Token<'String'> {
  const [name, payload] = Object.entries(value.toJSON())[0] ?? ['Fn::Sub', ''];
  return new Token(name, payload, 'String');
}

/** Several ids as one list-kind value, comma-separated, in the order given. */
export function listToken<Type extends ListType>(type: Type, items: readonly (string | IntrinsicFunction)[]): Token<Type> {
  return new Token('Fn::Join', [',', items], type);
}

type Literal<Type extends ParameterType> = Type extends 'String' ? string : Type extends 'Number' ? number : never;
type Optional<P extends Parameters> = { [N in keyof P]: P[N] extends { readonly Default: string | number } ? N : never }[keyof P];

/** What a parent must give a nested template: each parameter without a default, each of its own kind, and nothing else. */
export type Inputs<P extends Parameters> = { readonly [N in Exclude<keyof P, Optional<P>>]: Token<P[N]['Type']> | Literal<P[N]['Type']> } & {
  readonly [N in Optional<P>]?: Token<P[N]['Type']> | Literal<P[N]['Type']>;
};

/** A template's outputs by name. */
export type Outputs = Readonly<Record<string, Token>>;
