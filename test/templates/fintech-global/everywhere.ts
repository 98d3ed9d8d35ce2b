import * as shared from '../everywhere';
import { bothRegions, resolved, type EnvironmentName } from './built';

export type { Row } from '../everywhere';
export type Region = (typeof bothRegions)[number];
export type Stood = shared.Stood<EnvironmentName, Region>;

/** Short forms of the environments, as names have them. */
export const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };

/** Namespaces of the environments' pods. */
export const namespaces: Readonly<Record<EnvironmentName, string>> = { production: 'fintech-prod', staging: 'fintech-staging', develop: 'fintech-dev' };

/** Asserts something of a template in every environment and region, with the parameters that it has in a region. */
export const everywhereOf = shared.everywhereIn({ shorts, regionsOf: () => bothRegions, resolved });
