import type { BuildContext } from './context';
import type { ListType, ParameterType, Token } from './parameters';

/** The part of a parameter's name that `EnvironmentSuffix` replaces when it is not `main`. */
export const defaultSuffix = 'main';

/** An output of one deployment that a later one reads. One object owns both ends, so neither can drift. */
export class Wire<Type extends ParameterType = ParameterType> {
  constructor(readonly deployment: string, readonly output: string, readonly type: Type) {}

  /** The name of the consuming root's parameter: `EdgeFoundationKeyArn` for `KeyArn` of `edge-foundation`. */
  get parameterName(): string {
    const parts = this.deployment.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1));
    return parts.join('') + this.output;
  }
}

/** The outputs of a deployment, as wires. */
export type Wires<O extends Readonly<Record<string, Token>>> = { readonly [N in keyof O]: O[N] extends Token<infer Type> ? Wire<Type> : never };

/** The SSM parameter through which a root publishes an output in its own region. */
export function ssmName(context: Pick<BuildContext, 'system' | 'environment'>, suffix: string, deployment: string, output: string): string {
  return `/meridian/${context.system}/${context.environment}/${suffix}/${deployment}/${output}`;
}

/**
 * CloudFormation's parameter type that reads a value of a kind from SSM.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html#aws-ssm-parameter-types
 */
export function ssmParameterType(type: ParameterType): string {
  return `AWS::SSM::Parameter::Value<${type === 'Number' ? 'String' : type}>`;
}

/** Whether values of a kind are published as a comma-separated `StringList`. */
export function isList(type: ParameterType): type is ListType {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}
