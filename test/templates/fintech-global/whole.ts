import { fintechGlobal } from '../../../templates/systems/fintech-global';
import { wholeSystem, type Whole } from '../whole-system';
import { environmentNames, type EnvironmentName } from './built';

const image = (name: string): string => `example.com/${name}@sha256:${'0'.repeat(64)}`;

/**
 * Builds the platform in every environment before the tests of a suite; gives how to read one of them within a test.
 * @param more  values of other parameters than those without a default
 */
export const wholePlatform = (more: Readonly<Record<string, string>> = {}): ((environment: EnvironmentName) => Whole) =>
  wholeSystem({
    system: fintechGlobal,
    environments: environmentNames,
    parameters: { DomainName: 'fintechglobal.example.com', AlertEmail: 'platform@example.com', ApiImage: image('api'), WorkerImage: image('worker'), ...more },
  });
