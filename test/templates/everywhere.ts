import type { TemplateDefinition } from '../../src/cfn';
import type { Outputs, Parameters } from '../../src/cfn/parameters';
import type { ResolvedStack } from '../../src/resolve';
import { requirement } from '../requirements/requirement';
import { ofType } from './built-system';

export type Row = Readonly<Record<string, any>>;

/** What a test of one environment and region looks at. */
export interface Stood<Environment extends string, Region extends string> {
  /** Properties of all resources of a type, by logical id. */
  readonly all: (type: string) => Row;
  readonly stack: ResolvedStack;
  readonly environment: Environment;
  readonly region: Region;
  readonly short: string;
  readonly isPrimary: boolean;
  readonly isProduction: boolean;
}

/** Where a system stands, and how a test gets a stack of it. */
export interface Standing<Environment extends string, Region extends string, Settings> {
  /** Short forms of the environments, as names have them. */
  readonly shorts: Readonly<Record<Environment, string>>;
  /** The regions of an environment, the primary first. */
  readonly regionsOf: (environment: Environment) => readonly [Region, ...Region[]];
  readonly resolved: (definition: TemplateDefinition<Parameters, Outputs, Settings>, region: Region, environment: Environment, parameters: Readonly<Record<string, string>>) => ResolvedStack;
}

/**
 * Asserts something of a template in every environment and each region in which that stands, with the parameters that it has there. The function
 * that it gives takes the template, its parameters by region, and the only regions to look at. @default all of the environment's
 */
export function everywhereIn<Environment extends string, Region extends string, Settings>({ shorts, regionsOf, resolved }: Standing<Environment, Region, Settings>) {
  return (definition: TemplateDefinition<Parameters, Outputs, Settings>, parametersIn: (region: Region) => Readonly<Record<string, string>>, onlyIn?: readonly Region[]) =>
    (ids: string, title: string, holds: (stood: Stood<Environment, Region>) => void): void => {
      for (const environment of Object.keys(shorts) as Environment[]) {
        const own = regionsOf(environment);
        for (const region of own.filter((each) => onlyIn?.includes(each) ?? true)) {
          requirement(ids, `${title}: ${environment} in ${region}`, () => {
            const stack = resolved(definition, region, environment, parametersIn(region));
            holds({ stack, all: (type) => ofType(stack, type), environment, region, short: shorts[environment], isPrimary: region === own[0], isProduction: environment === 'production' });
          });
        }
      }
    };
}
