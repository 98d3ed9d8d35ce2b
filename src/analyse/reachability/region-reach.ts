import type { ResolvedDeployment } from '../../resolve';
import { SystemIndex } from '../system-index';
import type { RegionReach } from './answer';
import { networkOf } from './network';
import { placesOf } from './places';
import { RegionResources } from './region-resources';
import { headersOfCloudFront, requestRoutes } from './requests';

/**
 * Reads what decides who reaches whom in one region.
 * @param deployments all of a system's, because CloudFront stands in one region only
 * @throws MeridianError for an address range that is no IPv4 block
 */
export function regionReach(deployments: readonly ResolvedDeployment[], region: string): RegionReach {
  const resources = new RegionResources(new SystemIndex(deployments), region);
  const network = networkOf(resources);
  const places = placesOf(resources, network);
  return { region, network, places, routes: requestRoutes(resources, places), headersOfCloudFront: headersOfCloudFront(resources) };
}

/** The regions in which a system has a VPC, in the order of first creation. */
export function regionsWithNetwork(deployments: readonly ResolvedDeployment[]): readonly string[] {
  return [...new Set(deployments.filter(({ instance }) => [...instance.resources()].some(({ type }) => type === 'AWS::EC2::VPC')).map(({ region }) => region))];
}
