import type { ParameterDefinition } from '../../../src/cfn';
import { alarmEmail, domainName, imageByDigest } from '../../modules/parameters';

/** The deploy-time parameters of the portal, as `parameters/financial-portal/<environment>.yaml` fills them in. */
export const parameters = {
  DomainName: domainName('portal.example.com'),
  AlarmEmail: alarmEmail,
  WebImage: imageByDigest('Web'),
  ApiImage: imageByDigest('API'),
} as const satisfies Record<string, ParameterDefinition>;
