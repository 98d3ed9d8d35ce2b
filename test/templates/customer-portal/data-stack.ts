import type { ResolvedStack } from '../../../src/resolve';
import { data } from '../../../templates/systems/customer-portal/data';
import { resolved, type bothRegions, type EnvironmentName } from './built';

export type Region = (typeof bothRegions)[number];

const account = '111111111111';

/** A key of a region, as the foundation there gives it. */
export const keyArn = (region: Region, name: string): string => `arn:aws:kms:${region}:${account}:key/${name}`;

/** The database administrator's secret. */
export const secretArn = `arn:aws:secretsmanager:us-east-1:${account}:secret:cus-database-admin-main-AbCdEf`;

/** The data template as it stands in a region, with parameters as the foundation gives them there. */
export const dataIn = (region: Region, environment: EnvironmentName): ResolvedStack =>
  resolved(data, region, environment, {
    ArchiveStreamArn: `arn:aws:firehose:${region}:${account}:deliverystream/archive`,
    ArchiveRoleArn: `arn:aws:iam::${account}:role/archive`,
    DatabaseSubnetIds: 'subnet-a,subnet-b,subnet-c',
    DatabaseSecurityGroupId: 'sg-database',
    RotationSubnetIds: 'subnet-d,subnet-e,subnet-f',
    RotationSecurityGroupId: 'sg-rotation',
    DatabaseKeyArn: keyArn(region, 'database'),
    SecondaryDatabaseKeyArn: keyArn('ap-southeast-1', 'database'),
    DefaultKeyArn: keyArn(region, 'default'),
    DatabaseSecretArn: secretArn,
  });
