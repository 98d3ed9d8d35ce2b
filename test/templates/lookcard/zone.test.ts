import { expect } from 'chai';
import { parentZone } from '../../../templates/systems/lookcard/parent-zone';
import { zone } from '../../../templates/systems/lookcard/zone';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { goesEmptied, givesNameServers, isPublicZone } from '../zone-tests';
import { environmentNames, instanceOf, resolved, resourceOf } from './built';
import { shorts } from './everywhere';

const DomainName = 'production.lookcard.example.com';

for (const [what, definition, emptier] of [['zone of its own', zone, 'empty-zone'], ['zone of the domain itself', parentZone, 'empty-parent-zone']] as const) {
  describe(`LookCard’s ${what}`, () => {
    for (const environment of environmentNames) {
      requirement('LKC-11 LKC-84', `is one public zone in ${environment}, whose records can be changed again within an hour of losing us-east-1`, () =>
        isPublicZone(resolved(definition, 'ap-southeast-1', environment, { DomainName }), DomainName));

      requirement('LKC-11', `goes with its stack in ${environment}, emptied before by a function that the other zone’s has no name in common with`, () => {
        const instance = instanceOf(definition, environment, 'ap-southeast-1', { DomainName });
        goesEmptied(instance);
        expect(plain(resourceOf(instance, 'Empty').properties['FunctionName'])).to.equal(`lookcard-${emptier}-${shorts[environment]}-main`);
      });
    }

    requirement('LKC-11', 'gives the zone’s id and the name servers to delegate to', () => givesNameServers(resolved(definition, 'ap-southeast-1', 'production', { DomainName })));
  });
}
