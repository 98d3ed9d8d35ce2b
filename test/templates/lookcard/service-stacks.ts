import type { TemplateDefinition } from '../../../src/cfn';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import { render } from '../../../src/cfn/render';
import type { ResolvedStack, Template } from '../../../src/resolve';
import { lookcard } from '../../../templates/systems/lookcard';
import { catalogueOf } from '../../../templates/systems/lookcard/catalogue';
import type { LookcardSettings } from '../../../templates/systems/lookcard/environments';
import { serviceTemplate } from '../../../templates/systems/lookcard/service';
import { services } from '../../../templates/systems/lookcard/services';
import { requirement } from '../../requirements/requirement';
import { recorded } from '../../requirements/view';
import { plain } from '../plain';
import { bothRegions, environmentNames, ofType, regionsOf, resolved, type EnvironmentName } from './built';
import { shorts, type Region } from './everywhere';

type Definition = TemplateDefinition<Parameters, Outputs, LookcardSettings>;

/** The services as the owner's document and this repository name them. */
export const catalogue = catalogueOf(services);

const definitions = new Map(services.map((row) => [row.name, serviceTemplate(row, catalogue) as unknown as Definition]));

/** A service's stack in one region. */
export function stackOf(name: string, region: Region = 'ap-southeast-1', environment: EnvironmentName = 'production'): ResolvedStack {
  const definition = definitions.get(name);
  if (!definition) throw new Error(`No service ${name}`);
  return resolved(definition, region, environment);
}

/** One service in one region of one environment, as a test looks at it. */
export interface StandingService {
  /** Properties of all resources of a type, by logical id, as an assertion can write them down. */
  readonly all: (type: string) => any;
  readonly environment: EnvironmentName;
  readonly region: Region;
  readonly isPrimary: boolean;
  /** A name after the system's pattern. */
  readonly named: (part: string) => string;
}

/** Asserts something of a service in every environment and each region in which that stands. */
export function everywhere(ids: string, title: string, name: string, holds: (service: StandingService) => void): void {
  for (const environment of environmentNames) {
    for (const region of regionsOf(environment)) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds(standing(name, region, environment)));
    }
  }
}

/** A service in one region of one environment. */
export function standing(name: string, region: Region, environment: EnvironmentName): StandingService {
  const stack = stackOf(name, region, environment);
  return { all: (type) => ofType(stack, type), environment, region, isPrimary: region === bothRegions[0], named: (part) => `lookcard-${part}-${shorts[environment]}-main` };
}

/** Some properties of the one resource of a type. */
export function one(resources: Readonly<Record<string, any>>, ...keys: readonly string[]): any {
  const [resource, ...others] = Object.values(resources);
  if (resource === undefined || others.length > 0) throw new Error(`${Object.keys(resources).length} resources instead of one`);
  return plain(Object.fromEntries(keys.map((key) => [key, resource[key] as unknown])));
}

const roots = new Map<string, Template>();

/** The root of a deployment as it is emitted. */
export function rootOf(deployment: string, environment: EnvironmentName = 'production'): Template {
  const key = `${environment}/${deployment}/root`;
  if (!roots.has(key)) for (const built of lookcard.build(environment).deployments) roots.set(`${environment}/${built.name}/root`, JSON.parse(render(built.root.template)) as Template);
  const root = roots.get(key);
  if (!root) throw new Error(`${environment} has no deployment ${deployment}`);
  return recorded(key, root);
}
