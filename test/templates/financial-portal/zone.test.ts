import { zone } from '../../../templates/systems/financial-portal/zone';
import { zoneTests } from '../zone-tests';
import { environmentNames, instanceOf, resolved } from './built';

const DomainName = 'portal.example.com';

describe('Financial portal zone', () => {
  zoneTests({
    domain: DomainName,
    environmentNames,
    stackOf: (environment) => resolved(zone, 'ap-southeast-1', environment, { DomainName }),
    instanceOf: (environment) => instanceOf(zone, environment, 'ap-southeast-1', { DomainName }),
    ids: { zone: 'FIN-42', emptied: 'FIN-60', rights: 'FIN-49' },
  });
});
