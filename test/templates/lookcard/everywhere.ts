import * as shared from '../everywhere';
import { bothRegions, regionsOf, resolved, type EnvironmentName } from './built';

export type { Row } from '../everywhere';
export type Region = (typeof bothRegions)[number];
export type Stood = shared.Stood<EnvironmentName, Region>;

/** Short forms of the environments, as names have them. */
export const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', testing: 'tst', develop: 'dev', sandbox: 'sbx' };

/** Asserts something of a template in every environment and each region in which that stands, with the parameters that it has there. */
export const everywhereOf = shared.everywhereIn({ shorts, regionsOf, resolved });
