import type { RegionPair } from '../cfn';
import { registryIn } from '../cfn/image-registry';

/**
 * An image as a region has it: one that lies in the private registry of the system's other region is taken from this region's, where the
 * rollout has seen its digest, so that no pod needs another region to start. Any other image stays what it is. Tasks of ECS follow the
 * same rule in their templates.
 * @param uri image by digest
 * @param region one of the system's two
 */
export function imageIn(uri: string, region: string, { primary, secondary }: RegionPair): string {
  return uri.replace(registryIn(region === primary ? secondary : primary), registryIn(region));
}
