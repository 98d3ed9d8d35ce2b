import type { TemplateDefinition } from '../../../src/cfn';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import type { ResolvedStack } from '../../../src/resolve';
import type { LookcardSettings } from '../../../templates/systems/lookcard/environments';
import { requirement } from '../../requirements/requirement';
import { bothRegions, environmentNames, ofType, regionsOf, resolved, type EnvironmentName } from './built';

export type Region = (typeof bothRegions)[number];
export type Row = Readonly<Record<string, any>>;

/** Short forms of the environments, as names have them. */
export const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', testing: 'tst', develop: 'dev', sandbox: 'sbx' };

/** What a test of one environment and region looks at. */
export interface Stood {
  /** Properties of all resources of a type, by logical id. */
  readonly all: (type: string) => Row;
  readonly stack: ResolvedStack;
  readonly environment: EnvironmentName;
  readonly region: Region;
  readonly short: string;
  readonly isPrimary: boolean;
  readonly isProduction: boolean;
}

/** Asserts something of a template in every environment and each region in which that stands, with the parameters that it has there. */
export function everywhereOf(definition: TemplateDefinition<Parameters, Outputs, LookcardSettings>, parametersIn: (region: Region) => Readonly<Record<string, string>>, onlyIn: readonly Region[] = bothRegions) {
  return (ids: string, title: string, holds: (stood: Stood) => void): void => {
    for (const environment of environmentNames) {
      for (const region of regionsOf(environment).filter((own) => onlyIn.includes(own))) {
        requirement(ids, `${title}: ${environment} in ${region}`, () => {
          const stack = resolved(definition, region, environment, parametersIn(region));
          holds({ stack, all: (type) => ofType(stack, type), environment, region, short: shorts[environment], isPrimary: region === 'ap-southeast-1', isProduction: environment === 'production' });
        });
      }
    }
  };
}
