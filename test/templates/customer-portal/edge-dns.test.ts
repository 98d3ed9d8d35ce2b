import { edgeDns } from '../../../templates/systems/customer-portal/edge-dns';
import { edgeDnsParameters, edgeDnsTests, type SwitchedSystem } from '../edge-dns-tests';
import { bothRegions, environmentNames, resolved } from './built';

const portal: SwitchedSystem = {
  title: 'Customer portal',
  name: 'customer-portal',
  prefix: 'cus',
  domain: 'customers.example.com',
  regions: bothRegions,
  services: ['frontend', 'backend'],
  stepMinutes: 15,
  objectiveMinutes: 30,
  ids: { alias: 'CUS-63', plan: 'CUS-64 CUS-02', steps: 'CUS-64 CUS-37', rights: 'CUS-64 CUS-70' },
};
const shorts = { production: 'prod', staging: 'stg', develop: 'dev' } as const;

for (const environment of environmentNames) {
  describe(`${portal.title} edge DNS of ${environment}`, () => {
    edgeDnsTests(portal, resolved(edgeDns, 'us-east-1', environment, edgeDnsParameters(portal.domain)), `${shorts[environment]}-main`);
  });
}
