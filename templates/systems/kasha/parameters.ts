import type { ParameterDefinition } from '../../../src/cfn';

/** The deploy-time parameters of Kasha, as `parameters/kasha/<environment>.yaml` fills them in. */
export const parameters = {
  DomainName: {
    Type: 'String',
    Description: 'Domain that users see, for example kasha.example.com; the hosted zone has this name',
    AllowedPattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$',
    ConstraintDescription: 'a lower-case domain name such as kasha.example.com',
  },
  AlarmEmail: {
    Type: 'String',
    Description: 'Address that receives alarms; it must confirm the subscription once in each region',
    AllowedPattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
    ConstraintDescription: 'an e-mail address',
  },
  FrontendImage: {
    Type: 'String',
    Description: 'Frontend container image by digest: <registry>/<repository>@sha256:<digest>',
    AllowedPattern: '^[^:@\\s]+(:[0-9]+)?(/[^:@\\s]+)*@sha256:[0-9a-f]{64}$',
    ConstraintDescription: 'an image pinned by its sha256 digest',
  },
  BackendImage: {
    Type: 'String',
    Description: 'Backend container image by digest: <registry>/<repository>@sha256:<digest>',
    AllowedPattern: '^[^:@\\s]+(:[0-9]+)?(/[^:@\\s]+)*@sha256:[0-9a-f]{64}$',
    ConstraintDescription: 'an image pinned by its sha256 digest',
  },
  ArchiveVaultArn: {
    Type: 'String',
    Description: 'Backup vault of the separate archive account that receives the monthly copies; empty for none',
    Default: '',
    AllowedPattern: '^$|^arn:aws[a-z-]*:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:[A-Za-z0-9_-]{2,50}$',
    ConstraintDescription: 'empty, or the ARN of a backup vault',
  },
} as const satisfies Record<string, ParameterDefinition>;
