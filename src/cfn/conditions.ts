import { Aws, Fn, type IntrinsicFunction } from './intrinsics';
import { Token, type ParameterType } from './parameters';

/** A condition of one template. Only `TemplateBuilder.condition` makes one, so it can't name what isn't declared. */
export class Condition {
  constructor(readonly name: string) {}

  /** `Fn::If`: one value where the condition holds, another where it does not. */
  choose(whenTrue: unknown, whenFalse: unknown): IntrinsicFunction {
    return Fn.If(this.name, whenTrue, whenFalse);
  }

  /** `Fn::If` between two values of one kind, as a value of that kind. */
  chooseToken<Type extends ParameterType>(whenTrue: Token<Type>, whenFalse: Token<Type>): Token<Type> {
    return new Token('Fn::If', [this.name, whenTrue, whenFalse], whenTrue.type, whenTrue.form);
  }

  /** The value where the condition holds, and no property at all where it does not. */
  only(value: unknown): IntrinsicFunction {
    return this.choose(value, Aws.noValue);
  }
}
