import { zone } from '../../../templates/systems/customer-portal/zone';
import { zoneTests } from '../zone-tests';
import { environmentNames, instanceOf, resolved } from './built';

const DomainName = 'customers.example.com';

describe('Customer portal zone', () => {
  zoneTests({
    domain: DomainName,
    environmentNames,
    stackOf: (environment) => resolved(zone, 'us-east-1', environment, { DomainName }),
    instanceOf: (environment) => instanceOf(zone, environment, 'us-east-1', { DomainName }),
    ids: { zone: 'CUS-63', emptied: 'CUS-67', rights: 'CUS-70' },
  });
});
