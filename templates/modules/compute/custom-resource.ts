import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Resource } from '../../../src/cfn/resource';
import type { Placement } from '../../../src/cfn/template';

class CustomResource extends Resource<Readonly<Record<string, unknown>>, string, `Custom::${string}`> {
  constructor(type: `Custom::${string}`, properties: Readonly<Record<string, unknown>>) {
    super(type, properties);
  }
}

/** A custom resource that one of our functions serves. */
export interface CustomResourceSettings {
  readonly type: `Custom::${string}`;
  /** The function that answers, by ARN. */
  readonly functionArn: IntrinsicFunction;
  /** Seconds after which CloudFormation gives up waiting for the answer. @default 300, instead of CloudFormation's hour */
  readonly serviceTimeout?: number;
  readonly properties: Readonly<Record<string, Value<string>>>;
}

/**
 * A custom resource.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
export function customResource(
  t: TemplateBuilder<Parameters, unknown>,
  id: string,
  settings: CustomResourceSettings,
  placement?: Placement,
): Handle<`Custom::${string}`, string> {
  const { type, functionArn, serviceTimeout = 300, properties } = settings;
  return t.add(id, new CustomResource(type, { ServiceToken: functionArn, ServiceTimeout: serviceTimeout, ...properties }), placement);
}
