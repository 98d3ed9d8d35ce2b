import type { ResolvedStack } from '../../../src/resolve';
import { data } from '../../../templates/systems/kasha/data';
import { resolved, type EnvironmentName } from './built';

/** The account that `resolved` resolves in. */
export const account = '111111111111';

/** Kasha's data template as it stands in a region, with parameters as the foundation gives them there. */
export function dataIn(region: 'us-east-1' | 'ap-southeast-1', environment: EnvironmentName = 'production', ArchiveVaultArn = ''): ResolvedStack {
  return resolved(data, region, environment, {
    DatabaseSubnetIds: 'subnet-a,subnet-b',
    DatabaseSecurityGroupId: 'sg-database',
    ProxySecurityGroupId: 'sg-proxy',
    RotationSubnetIds: 'subnet-c,subnet-d',
    RotationSecurityGroupId: 'sg-rotation',
    DatabaseKeyArn: `arn:aws:kms:${region}:${account}:key/database`,
    DefaultKeyArn: `arn:aws:kms:${region}:${account}:key/default`,
    SecondaryDatabaseKeyArn: `arn:aws:kms:ap-southeast-1:${account}:key/database`,
    DatabaseSecretArn: `arn:aws:secretsmanager:us-east-1:${account}:secret:kasha/rds/mysql/admin-password-prod-main-AbCdEf`,
    ArchiveVaultArn,
  });
}
