import * as CloudformFunctions from 'cloudform-types/types/functions';
import { IntrinsicFunction } from 'cloudform-types/types/dataTypes';

export { IntrinsicFunction };

/** A property value: the literal, or any intrinsic function that CloudFormation evaluates to one. */
export type Value<T> = T | IntrinsicFunction;

/**
 * CloudFormation's intrinsic functions: cloudform's, with `Sub` in its short form and the functions that cloudform 7.5.0 lacks.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export const Fn = {
  ...CloudformFunctions,
  /** `Fn::Sub`: the short string form when there are no variables of its own. */
  Sub: (text: string, variables?: Readonly<Record<string, Value<unknown>>>): IntrinsicFunction =>
    new IntrinsicFunction('Fn::Sub', variables ? [text, variables] : text),
  /**
   * `Fn::Cidr`: `count` address blocks of 2^`bits` addresses each, cut from `block`.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
   */
  Cidr: (block: Value<string>, count: number, bits: number): IntrinsicFunction => new IntrinsicFunction('Fn::Cidr', [block, count, String(bits)]),
} as const;

/** Pseudo parameters. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export const Aws = {
  accountId: Fn.Ref('AWS::AccountId'),
  noValue: Fn.Ref('AWS::NoValue'),
  partition: Fn.Ref('AWS::Partition'),
  region: Fn.Ref('AWS::Region'),
  stackId: Fn.Ref('AWS::StackId'),
  stackName: Fn.Ref('AWS::StackName'),
  urlSuffix: Fn.Ref('AWS::URLSuffix'),
} as const;
