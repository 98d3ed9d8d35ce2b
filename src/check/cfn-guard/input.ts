import { combinedTemplate, type ConcreteTemplate } from '../../resolve';
import type { CheckedTemplate } from '../checked-template';
import type { ResolvedEnvironment } from '../subject';

/** Where a resource of a guard input was authored. */
export interface InputResource {
  readonly template: CheckedTemplate;
  readonly logicalId: string;
}

/**
 * What the rules judge: everything that a system and environment has in one region, parameters and conditions resolved, in one
 * template. References between nested stacks and deployments are local in it, so that a rule can follow a queue to its key.
 */
export interface GuardInput {
  readonly system: string;
  readonly environment: string;
  readonly region: string;
  /** As the environment's. */
  readonly choice?: string;
  readonly body: Pick<ConcreteTemplate, 'Resources'>;
  /** The authored resource behind each logical id of `body`. */
  readonly resources: ReadonlyMap<string, InputResource>;
}

/** The inputs of a resolved environment: one for each of its regions, sorted. */
export function guardInputs({ system, environment, choice, instances, templates }: ResolvedEnvironment): GuardInput[] {
  const regions = [...new Set(instances.map(({ region }) => region))].sort();
  return regions.map((region) => {
    const inRegion = instances.filter((each) => each.region === region);
    const { template: body, sources } = combinedTemplate(inRegion.map(({ instance }) => instance), { nestedStacks: true });
    const resources = new Map(
      [...sources].map(([name, { resource }]) => {
        const template = templates.get(resource.file);
        if (!template) throw new Error(`${system} ${environment}: the resolved resource ${resource.id} comes from ${resource.file}, which is not among the templates checked`);
        return [name, { template, logicalId: resource.logicalId }];
      }),
    );
    return { system, environment, region, choice, body, resources };
  });
}

/** An input's name, which is one as a file too: `kasha.production.us-east-1`, with a choice behind it where it has one. */
export function inputName({ system, environment, region, choice }: GuardInput): string {
  return [system, environment, region, ...(choice === undefined ? [] : [choice])].map(encodeURIComponent).join('.');
}
