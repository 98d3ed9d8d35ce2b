import { build } from '../../build/build';
import type { Manifest } from '../../build/manifest';
import type { System } from '../../cfn';
import type { Context } from '../context';
import { step } from '../step';

/**
 * Builds systems as a step of a command.
 * @param environments only these; all by default
 */
export function buildSystems({ workspace, terminal }: Context, systems: readonly System[], environments?: readonly string[]): Promise<Manifest[]> {
  return step(terminal, 'Build', () => build({ dist: workspace.dist, systems, environments }), summary);
}

function summary(manifests: readonly Manifest[]): string {
  const systems = new Set(manifests.map(({ system }) => system)).size;
  const templates = manifests.flatMap(({ deployments }) => deployments.flatMap((deployment) => Object.keys(deployment.templates))).length;
  return `${count(systems, 'system')}, ${count(manifests.length, 'environment')}, ${count(templates, 'template')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
