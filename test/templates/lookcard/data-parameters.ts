import type { Region } from './everywhere';

export const own = '111111111111';
export const keyArn = (region: Region): string => `arn:aws:kms:${region}:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const secretArn = (name: string, region: Region = 'ap-southeast-1'): string => `arn:aws:secretsmanager:${region}:${own}:secret:${name}-AbCdEf`;
export const topicArn = (region: Region): string => `arn:aws:sns:${region}:${own}:alarms`;

/** What the data template is given in a region. */
export const dataParameters = (region: Region): Readonly<Record<string, string>> => ({
  AuroraEngineVersion: '16.11',
  DatabaseSubnetIds: 'subnet-a,subnet-b,subnet-c',
  IsolatedSubnetIds: 'subnet-i,subnet-j,subnet-k',
  DatabaseSecurityGroupId: 'sg-database',
  ProxySecurityGroupId: 'sg-proxy',
  CacheSecurityGroupId: 'sg-cache',
  RotationSubnetIds: 'subnet-d,subnet-e,subnet-f',
  RotationSecurityGroupId: 'sg-rotation',
  DataKeyArn: keyArn(region),
  DatabaseSecretArn: secretArn('database-admin'),
  CacheSecretArn: secretArn('cache-token', region),
  AlarmTopicArn: topicArn(region),
});

/** What the security template is given: the keys that stand in the primary region. */
export const primaryKeys = { PrimarySigningKeyArn: keyOf('1'), PrimaryWrappingKeyArn: keyOf('2'), PrimaryLiquidityKeyArn: keyOf('3') };

function keyOf(digit: string): string {
  return `arn:aws:kms:ap-southeast-1:${own}:key/mrk-${digit.repeat(32)}`;
}

export const securityParameters = { DomainName: 'lookcard.com', AlarmEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ', ...primaryKeys };
