import type { TemplateDefinition } from '../../../src/cfn';
import { repository } from '../../modules/security/repository';
import { catalogueOf, type Catalogue } from './catalogue';
import { defineTemplate } from './environments';
import { pascal } from './parameters';
import { collectorRepository, serviceName } from './service-names';
import { services } from './services';
import type { LookcardSettings } from './settings';

const parameters = { DataKeyArn: { Type: 'String' } } as const;

/**
 * A registry for each service of a part of the catalogue, and in the first part the one of the collector of traces, in one region. Where
 * there is a pilot light, images are pushed in us-east-1 and copied to the primary by the account's registry; elsewhere they are pushed in
 * the primary itself.
 */
export function registriesOf(catalogue: Catalogue, part: number): TemplateDefinition<typeof parameters, Record<never, never>, LookcardSettings> {
  return defineTemplate(part === 1 ? 'registries' : `registries-${part}`, { description: 'LookCard image registries, one for each service', parameters }, (t) => {
    const shared = { key: t.param('DataKeyArn'), emptyOnDelete: !t.settings.protected };
    if (part === 1) repository(t, 'TraceCollectorRepository', { ...shared, name: collectorRepository(t) });
    for (const row of catalogue.inPart(part)) repository(t, `${pascal(row.name)}Repository`, { ...shared, name: serviceName(t, row) });
    return {};
  });
}

/** The registries of the services in the table that stand in the first part. */
export const registries = registriesOf(catalogueOf(services), 1);
