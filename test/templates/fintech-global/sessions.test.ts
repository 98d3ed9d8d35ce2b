import { expect } from 'chai';
import { data } from '../../../templates/systems/fintech-global/data';
import { only } from '../plain';
import { bothRegions } from './built';
import { dataParameters, keyArn } from './data-parameters';
import { everywhereOf, type Row } from './everywhere';

const table = 'AWS::DynamoDB::GlobalTable';
const scaling = { MinCapacity: 5, MaxCapacity: 500, TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } };
const writes = { WriteCapacityAutoScalingSettings: scaling };
const reads = { ReadCapacityAutoScalingSettings: scaling };
const sessions = (values: readonly unknown[]) => ({ Sessions: values });

describe('FinTech Global sessions', () => {
  const everywhere = everywhereOf(data, dataParameters, ['us-east-1']);
  /** What each replica of the table has. */
  const ofReplicas = (all: (type: string) => Row, property: string): unknown => all(table)['Sessions'].Replicas.map((replica: Row) => replica[property]);

  everywhereOf(data, dataParameters)('FTG-42', 'are in one table, which the primary region alone declares', ({ all, short, isPrimary }) => {
    expect(only(all(table), 'TableName')).to.deep.equal(isPrimary ? sessions([`fintechglobal-sessions-${short}-main`]) : {});
    expect(Object.keys(all('AWS::DynamoDB::Table'))).to.deep.equal([]);
  });

  everywhere('FTG-42', 'have a replica in each region', ({ all }) => {
    expect(ofReplicas(all, 'Region')).to.deep.equal([...bothRegions]);
    expect(only(all(table), 'StreamSpecification')).to.deep.equal(sessions([{ StreamViewType: 'NEW_AND_OLD_IMAGES' }]));
  });

  everywhere('FTG-42', 'are found by their id and by their user, and go when they end', ({ all }) => {
    expect(only(all(table), 'KeySchema', 'TimeToLiveSpecification')).to.deep.equal(sessions([[{ AttributeName: 'sessionId', KeyType: 'HASH' }], { Enabled: true, AttributeName: 'expiresAt' }]));
    const [{ IndexName, KeySchema }] = all(table)['Sessions'].GlobalSecondaryIndexes;
    expect([IndexName, KeySchema]).to.deep.equal(['byUser', [{ AttributeName: 'userId', KeyType: 'HASH' }, { AttributeName: 'createdAt', KeyType: 'RANGE' }]]);
  });

  everywhere('FTG-43', 'have capacity for writes that follows them, the index too', ({ all }) => {
    expect(only(all(table), 'BillingMode', 'WriteProvisionedThroughputSettings')).to.deep.equal(sessions(['PROVISIONED', writes]));
    expect(all(table)['Sessions'].GlobalSecondaryIndexes.map((index: Row) => index['WriteProvisionedThroughputSettings'])).to.deep.equal([writes]);
  });

  everywhere('FTG-43', 'have capacity for reads that follows them in each region, the index too', ({ all }) => {
    expect(ofReplicas(all, 'ReadProvisionedThroughputSettings')).to.deep.equal([reads, reads]);
    const index = [{ IndexName: 'byUser', ReadProvisionedThroughputSettings: reads }];
    expect(ofReplicas(all, 'GlobalSecondaryIndexes')).to.deep.equal([index, index]);
  });

  everywhere('FTG-44 FTG-50 FTG-77', 'are encrypted in each region with the data key that it has', ({ all }) => {
    expect(only(all(table), 'SSESpecification')).to.deep.equal(sessions([{ SSEEnabled: true, SSEType: 'KMS' }]));
    expect(ofReplicas(all, 'SSESpecification')).to.deep.equal(bothRegions.map((region) => ({ KMSMasterKeyId: keyArn(region) })));
  });

  everywhere('FTG-44', 'can be had back as of any second, in each region', ({ all }) => {
    expect(ofReplicas(all, 'PointInTimeRecoverySpecification')).to.deep.equal(bothRegions.map(() => ({ PointInTimeRecoveryEnabled: true })));
  });

  everywhere('FTG-35 FTG-42', 'refuse to be deleted in production, in each region', ({ all, isProduction }) => {
    expect(ofReplicas(all, 'DeletionProtectionEnabled')).to.deep.equal([isProduction, isProduction]);
  });
});
