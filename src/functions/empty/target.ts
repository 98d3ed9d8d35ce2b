import type { CustomResourceRequest } from '../custom-resource/request';
import { emptyBucket } from './bucket';
import { emptyZone } from './zone';

/** What one custom resource empties. */
export interface Target {
  /** The custom resource's physical id: made of the target, so that another target is another resource. */
  readonly id: string;
  empty(signal: AbortSignal): Promise<void>;
}

interface Kind {
  readonly property: string;
  target(name: string, account: string): Target;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'Custom::EmptyBucket': {
    property: 'BucketName',
    target: (bucket, account) => ({
      id: `empty-bucket/${bucket}`,
      empty: (signal) => emptyBucket(bucket, account, signal),
    }),
  },
  'Custom::EmptyZone': {
    property: 'HostedZoneId',
    target: (zone) => ({ id: `empty-zone/${zone}`, empty: (signal) => emptyZone(zone, signal) }),
  },
};

function kindOf(resourceType: string): Kind | undefined {
  return Object.hasOwn(KINDS, resourceType) ? KINDS[resourceType] : undefined;
}

/** The target that a request names, or undefined when its type or property is none of ours. */
export function findTarget({ ResourceType, ResourceProperties, StackId }: CustomResourceRequest): Target | undefined {
  const kind = kindOf(ResourceType);
  const name = kind && ResourceProperties[kind.property];
  return typeof name === 'string' && name !== '' ? kind?.target(name, accountOf(StackId)) : undefined;
}

/**
 * The target that a request names.
 *
 * @throws when its type is none of ours or its property is missing, so that a mistake shows when the stack is created
 *   rather than when it is deleted
 */
export function requireTarget(request: CustomResourceRequest): Target {
  const target = findTarget(request);
  if (target) return target;
  const { ResourceType, LogicalResourceId } = request;
  const property = kindOf(ResourceType)?.property;
  throw new Error(
    property
      ? `${LogicalResourceId}: ${ResourceType} has no ${property}. Give it as a non-empty string.`
      : `${LogicalResourceId}: ${ResourceType} is no type of this function. Use ${Object.keys(KINDS).join(' or ')}.`,
  );
}

function accountOf(stackId: string): string {
  const [, , , , account = ''] = stackId.split(':');
  return account;
}
