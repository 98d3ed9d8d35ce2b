import type { PlacedResource } from '../system-index';

/** Where a template says something, as waivers and findings write it: `foundation/network#FrontendAclIn1`. */
export function locationOf({ file, logicalId }: Pick<PlacedResource, 'file' | 'logicalId'>): string {
  return `${file.replace(/\.json$/, '')}#${logicalId}`;
}
