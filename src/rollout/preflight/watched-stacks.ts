import type { ManifestDeployment } from '../../build/manifest';
import { rootName, type Build } from '../build';
import type { TemplateResource } from '../template';

/** The type of an Aurora global database. */
export const globalClusterType = 'AWS::RDS::GlobalCluster';

/** A stack of a deployment with the resources that tell where a database is written. */
export interface WatchedStack {
  /** Logical ids of the nested stacks from the root down. */
  readonly path: readonly string[];
  readonly resources: readonly (readonly [logicalId: string, resource: TemplateResource])[];
}

/** The stacks of a built deployment that hold global clusters or read replicas. */
export function watchedStacks(build: Build, deployment: ManifestDeployment, name: string = rootName, path: readonly string[] = []): WatchedStack[] {
  const resources = Object.entries(build.template(deployment, name).Resources).filter(
    ([, { Type, Properties }]) => Type === globalClusterType || (Type === 'AWS::RDS::DBInstance' && Properties?.['SourceDBInstanceIdentifier'] !== undefined),
  );
  const nested = Object.entries(deployment.templates[name]?.nests ?? {}).flatMap(([logicalId, child]) => watchedStacks(build, deployment, child, [...path, logicalId]));
  return [...(resources.length > 0 ? [{ path, resources }] : []), ...nested];
}
