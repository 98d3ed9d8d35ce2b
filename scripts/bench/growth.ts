import { render } from '../../src/cfn/render';
import { lookcardOf } from '../../templates/systems/lookcard';
import { generatedServices } from './generated-services';

/** Sizes of the catalogue that are built. */
const sizes = [22, 220, 2200] as const;

/** What building a catalogue of one size took. */
export interface Growth {
  readonly services: number;
  readonly deployments: number;
  readonly resources: number;
  /** Bytes of all templates. */
  readonly bytes: number;
  /** Seconds of CPU time, and milliseconds for each service. */
  readonly cpu: number;
  readonly cpuPerService: number;
}

/**
 * Builds LookCard with generated services, as templates in memory. The first size is built once before, unmeasured: loading and compiling
 * the code is no part of growing.
 */
export function growth(): readonly Growth[] {
  build(sizes[0]);
  return sizes.map(build);
}

function build(services: number): Growth {
  const started = process.cpuUsage();
  const { deployments } = lookcardOf(generatedServices(services)).build('staging');
  const templates = deployments.flatMap((deployment) => [...deployment.templates.values()].map(({ template }) => template));
  const bytes = templates.reduce((sum, template) => sum + Buffer.byteLength(render(template)), 0);
  const { user, system } = process.cpuUsage(started);
  const cpu = (user + system) / 1e6;
  const resources = templates.reduce((sum, { Resources = {} }) => sum + Object.keys(Resources).length, 0);
  return { services, deployments: deployments.length, resources, bytes, cpu, cpuPerService: (cpu / services) * 1000 };
}
