import { customerPortal } from '../../../templates/systems/customer-portal';
import { wholeSystem, type Whole } from '../whole-system';
import { environmentNames, type EnvironmentName } from './built';

const image = (name: string): string => `example.com/${name}@sha256:${'0'.repeat(64)}`;

/** Builds the portal in every environment before the tests of a suite; gives how to read one of them within a test. */
export const wholePortal = (): ((environment: EnvironmentName) => Whole) =>
  wholeSystem({
    system: customerPortal,
    environments: environmentNames,
    parameters: { DomainName: 'customers.example.com', AlarmEmail: 'platform@example.com', FrontendImage: image('frontend'), BackendImage: image('backend') },
  });
