import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Repository } from '../../../src/cfn/generated/ecr';

/** A private image registry of one service. */
export interface RepositorySettings {
  readonly name: Name;
  readonly key: IntrinsicFunction;
  /** Days that an untagged image stays. @default 14, long enough to look into what was replaced */
  readonly untaggedDays?: number;
  /** Tagged images that stay, newest first. @default 50, some months of releases to roll back to */
  readonly taggedCount?: number;
  /** Deletes the images with the stack. @default false */
  readonly emptyOnDelete?: boolean;
}

/**
 * A repository whose tags can't be moved and whose images are scanned as they arrive.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export function repository(t: TemplateBuilder<Parameters, unknown>, id: string, settings: RepositorySettings): Handle<'AWS::ECR::Repository', 'Arn' | 'RepositoryUri'> {
  const { name, key, untaggedDays = 14, taggedCount = 50, emptyOnDelete = false } = settings;
  const rules = [
    { rulePriority: 1, description: 'Untagged images', selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: untaggedDays }, action: { type: 'expire' } },
    { rulePriority: 2, description: 'Old releases', selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: taggedCount }, action: { type: 'expire' } },
  ];
  return t.add(
    id,
    new Repository({
      RepositoryName: name,
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: key },
      LifecyclePolicy: { LifecyclePolicyText: JSON.stringify({ rules }) },
      EmptyOnDelete: emptyOnDelete,
    }).keep(emptyOnDelete ? 'Delete' : 'RetainExceptOnCreate'),
  );
}
