import { judgeEach, type Invariant } from './invariant';
import { nameKey, shownName } from './name-key';
import { accountWideNames, regionalNames } from './named-types';

const types: Readonly<Record<string, string>> = { ...accountWideNames, ...regionalNames };

/** Names that somebody else's rules fix: log groups of services, wires, and identity providers. */
const fixed = new Set(['AWS::IAM::OIDCProvider', 'AWS::SSM::Parameter', 'AWS::Logs::LogGroup']);

/** Two environments share an account only while no name is the same in both. */
export const environmentNames: Invariant = {
  id: 'names_tell_the_environment',
  title: 'Every name that a template gives tells its environment, so that two environments can share an account',
  severity: 'MEDIUM',
  controls: ['PCI DSS 4.0.1 6.5.3', 'NIST 800-53 r5 CM-8', 'SOC 2 CC8.1'],
  requirements: ['KSH-04'],
  fix: 'Take the name from t.resourceName()',
  ofCatalogue: true,
  judge: (environment) => {
    const { shortEnvironment } = environment;
    if (shortEnvironment === undefined || environment.system === 'account') return 'did-not-apply';
    const words = [environment.environment, shortEnvironment];
    const named = Object.entries(types)
      .filter(([type]) => !fixed.has(type))
      .flatMap(([type, property]) => environment.of(type).flatMap((resource) => (nameKey(resource.at(property)) === undefined ? [] : [{ resource, property }])));
    return judgeEach(named, ({ resource, property }) => {
      const name = shownName(resource.at(property));
      return words.some((word) => name.includes(word)) || name.replaceAll('${AWS::AccountId}', '').includes('${') ? [] : [{ resource, property, what: 'The name is the same in every environment', now: `${property}: ${name}` }];
    });
  },
};
