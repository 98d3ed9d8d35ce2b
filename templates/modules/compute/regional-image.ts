import { Fn, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { registryIn } from '../../../src/cfn/image-registry';

/**
 * An image as the stack's own region has it: one that lies in the private registry of the other region is taken from this region's, to
 * which ECR replicates it, so that no task needs the other region to start. An image of a public registry stays what it is. Both
 * delimiters are written out because `Fn::Join` takes no function there.
 *
 * The registry must have the image in both regions: those of this project's accounts do (`templates/account`), and the gate before tasks
 * start looks for its digest there.
 * @param image its address by digest
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html
 */
export function regionalImage({ isPrimary, context }: TemplateBuilder<Parameters, unknown>, image: IntrinsicFunction): IntrinsicFunction {
  const { primary, secondary } = context.regions;
  const moved = (from: string, to: string): IntrinsicFunction => Fn.Join(registryIn(to), Fn.Split(registryIn(from), image));
  return isPrimary.choose(moved(secondary, primary), moved(primary, secondary));
}
