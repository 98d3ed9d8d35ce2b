import type { ParameterDefinition } from '../../../src/cfn';
import { alarmEmail, domainName, imageByDigest } from '../../modules/parameters';
import type { ServiceRow } from './service-row';

const accountId = {
  Type: 'String',
  AllowedPattern: '^[0-9]{12}$',
  ConstraintDescription: 'an account id of twelve digits',
} as const satisfies ParameterDefinition;

/** The deploy-time parameters of the platform beside the services' images, as `parameters/lookcard/<environment>.yaml` fills them in. */
export const parameters = {
  DomainName: { ...domainName('lookcard.com'), Default: 'lookcard.com', Description: 'The domain, in the DNS account. Each environment owns a sub-domain of its name, for example develop.lookcard.com' },
  AlarmEmail: alarmEmail,
  DnsAccountId: { ...accountId, Description: 'The account that owns the domain. Its own deployments there write the delegation of the sub-domain and the record of the domain itself' },
  AuroraEngineVersion: {
    Type: 'String',
    Default: '16.11',
    Description: 'Version of Aurora PostgreSQL, a minor one of 16. The owner’s 16.6 is deprecated: AWS makes no new cluster of it. A later one upgrades the secondary region first',
    AllowedPattern: '^16\\.([3-9]|[1-9][0-9])$',
    ConstraintDescription: 'a minor version of 16 such as 16.11; from 16.3 on instances can pause',
  },
  GitBranch: { Type: 'String', Default: 'unknown', Description: 'Branch that is rolled; the rollout fills it in' },
  GitCommit: { Type: 'String', Default: 'unknown', Description: 'Commit that is rolled; the rollout fills it in' },
  ApexCertificateArn: {
    Type: 'String',
    Default: '',
    Description: 'ARN of a certificate of the domain itself and of production’s sub-domain, in us-east-1 of this account and validated once in the DNS account; none leaves the domain itself unserved',
    AllowedPattern: '^(arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]{36})?$',
    ConstraintDescription: 'the ARN of a certificate in us-east-1, or nothing',
  },
} as const satisfies Record<string, ParameterDefinition>;

/** `account-api` in logical ids and parameters: `AccountApi`. */
export const pascal = (name: string): string => name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

/** The parameter with a service's image. */
export const imageParameter = ({ name }: ServiceRow): string => `${pascal(name)}Image`;

/** The parameters with the images of some services. */
export const imageParameters = (rows: readonly ServiceRow[]): Readonly<Record<string, ParameterDefinition>> => Object.fromEntries(rows.map((row) => [imageParameter(row), imageByDigest(row.name)]));
