import type { ParameterDefinition } from '../../../src/cfn';
import { alarmEmail, domainName, imageByDigest } from '../../modules/parameters';

/** The deploy-time parameters of Kasha, as `parameters/kasha/<environment>.yaml` fills them in. */
export const parameters = {
  DomainName: domainName('kasha.example.com'),
  AlarmEmail: alarmEmail,
  FrontendImage: imageByDigest('Frontend'),
  BackendImage: imageByDigest('Backend'),
  ArchiveVaultArn: {
    Type: 'String',
    Description: 'Backup vault of the separate archive account that receives the monthly copies; empty for none',
    Default: '',
    AllowedPattern: '^$|^arn:aws[a-z-]*:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:[A-Za-z0-9_-]{2,50}$',
    ConstraintDescription: 'empty, or the ARN of a backup vault',
  },
} as const satisfies Record<string, ParameterDefinition>;
