import { customResource } from '../custom-resource/custom-resource';
import { isStackGoing } from './stack';
import { findTarget, requireTarget } from './target';

/**
 * Empties an S3 bucket (`Custom::EmptyBucket`, property `BucketName`) or a Route 53 hosted zone (`Custom::EmptyZone`,
 * property `HostedZoneId`) just before CloudFormation deletes it, because it can delete neither while there is
 * something in it. Create and Update only check the properties.
 *
 * Put the custom resource into the same template as the bucket or zone and name it by `Ref`: CloudFormation then deletes
 * the custom resource first. Data go only when that stack itself goes, deleted or rolled back from its first creation.
 * A Delete in any other state of the stack empties nothing: it also arrives when the custom resource is merely renamed,
 * taken out of the template, or added by an update that fails, all of which leave the bucket standing.
 * A bucket or zone that an update replaces is therefore left as it is, and the stack's events list it.
 *
 * The role needs `cloudformation:DescribeStacks` on its own stack; for buckets `s3:ListBucketVersions`,
 * `s3:ListBucketMultipartUploads`, `s3:DeleteObject`, `s3:DeleteObjectVersion` and `s3:AbortMultipartUpload`; for
 * zones `route53:GetHostedZone`, `route53:ListResourceRecordSets` and `route53:ChangeResourceRecordSets`. A time-out
 * of 900 s is good for about a million object versions; when it ends, delete the stack again and it goes on.
 */
export const handler = customResource({
  create: (request) => ({ physicalResourceId: requireTarget(request).id }),
  update: (request) => ({ physicalResourceId: requireTarget(request).id }),
  delete: async (request, signal) => {
    const target = findTarget(request);
    // Another id comes from a Create that failed, so there was never a target.
    if (target?.id !== request.PhysicalResourceId) return;
    if (await isStackGoing(request.StackId, signal)) await target.empty(signal);
  },
});
