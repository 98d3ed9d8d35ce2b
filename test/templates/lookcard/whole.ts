import { lookcard } from '../../../templates/systems/lookcard';
import { imageParameter } from '../../../templates/systems/lookcard/parameters';
import { services } from '../../../templates/systems/lookcard/services';
import { wholeSystem, type Whole } from '../whole-system';
import { environmentNames, type EnvironmentName } from './built';

const image = (name: string): string => `example.com/${name}@sha256:${'0'.repeat(64)}`;

/** Values of the parameters without a default, as a parameters file gives them. */
const parameters: Readonly<Record<string, string>> = {
  DomainName: 'lookcard.example.com',
  AlarmEmail: 'platform@example.com',
  DnsAccountId: '222222222222',
  TraceCollectorImage: image('trace-collector'),
  ...Object.fromEntries(services.map((row) => [imageParameter(row), image(row.name)])),
};

/**
 * Builds the platform in every environment before the tests of a suite; gives how to read one of them within a test.
 * @param more  values of other parameters than those without a default
 */
export const wholePlatform = (more: Readonly<Record<string, string>> = {}): ((environment: EnvironmentName) => Whole) =>
  wholeSystem({ system: lookcard, environments: environmentNames, parameters: { ...parameters, ...more } });
