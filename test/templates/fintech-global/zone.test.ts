import { zone } from '../../../templates/systems/fintech-global/zone';
import { zoneTests } from '../zone-tests';
import { environmentNames, instanceOf, resolved } from './built';

const DomainName = 'fintechglobal.example.com';

describe('FinTech Global zone', () => {
  zoneTests({
    domain: DomainName,
    environmentNames,
    stackOf: (environment) => resolved(zone, 'us-east-1', environment, { DomainName }),
    instanceOf: (environment) => instanceOf(zone, environment, 'us-east-1', { DomainName }),
    ids: { zone: 'FTG-18', emptied: 'FTG-35' },
  });
});
