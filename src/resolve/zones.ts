/**
 * What `Fn::GetAZs` gives in the regions of our systems: the first three zones by name.
 *
 * A decision, not a fact about an account: AWS gives the zones that have a default subnet, and shuffles zone names from account
 * to account. What templates need of them is that the same index is the same zone and another index another zone, which
 * these names keep. In a region that is not listed the zones are unknown, one unknown for each index; `InstanceInput.zones` adds regions.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html
 */
export const knownZones: Readonly<Record<string, readonly string[]>> = {
  'us-east-1': ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  'ap-southeast-1': ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c'],
};
