import type { ParameterDefinition } from '../../../src/cfn';
import { alarmEmail, domainName, imageByDigest } from '../../modules/parameters';

/** The deploy-time parameters of the portal, as `parameters/customer-portal/<environment>.yaml` fills them in. */
export const parameters = {
  DomainName: domainName('customers.example.com'),
  AlarmEmail: alarmEmail,
  FrontendImage: imageByDigest('Frontend'),
  BackendImage: imageByDigest('Backend'),
} as const satisfies Record<string, ParameterDefinition>;
