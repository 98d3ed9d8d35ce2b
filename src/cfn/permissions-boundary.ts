import { Fn } from './intrinsics';
import type { AnyResource } from './resource';

/** The managed policy that bounds every role that a system makes. Bootstrap creates it, once in an account. */
export const boundaryName = 'meridian-boundary';

/**
 * Bounds a role: the role under which StackSets work may make no other kind, so that no template gives more than the boundary.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function applyBoundary(resource: AnyResource): void {
  if (resource.Type !== 'AWS::IAM::Role') return;
  Object.assign(resource.Properties, { PermissionsBoundary: Fn.Sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${boundaryName}`) });
}
