import type { Region } from './everywhere';

const account = '111111111111';

/** The data key as it is in a region. */
export const keyArn = (region: Region): string => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;

/** A secret as it is in a region. */
export const secretArn = (name: string, region: Region = 'us-east-1'): string => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;

/** The topic of a region's alarms. */
export const topicArn = (region: Region): string => `arn:aws:sns:${region}:${account}:alarms`;

/** The parameters of the data template, as the foundation gives them in a region. */
export const dataParameters = (region: Region): Readonly<Record<string, string>> => ({
  DataSubnetIds: 'subnet-a,subnet-b,subnet-c',
  DatabaseSecurityGroupId: 'sg-database',
  CacheSecurityGroupId: 'sg-cache',
  RotationSubnetIds: 'subnet-d,subnet-e,subnet-f',
  RotationSecurityGroupId: 'sg-rotation',
  DataKeyArn: keyArn(region),
  SecondaryDataKeyArn: keyArn('ap-southeast-1'),
  DatabaseSecretArn: secretArn('database-admin'),
  CacheSecretArn: secretArn('cache-token', region),
  AlarmTopicArn: topicArn(region),
});
