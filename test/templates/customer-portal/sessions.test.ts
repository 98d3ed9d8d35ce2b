import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { only } from '../plain';
import { environmentNames, ofType } from './built';
import { dataIn, keyArn } from './data-stack';

const shorts = { production: 'prod', staging: 'stg', develop: 'dev' } as const;
const tables = 'AWS::DynamoDB::GlobalTable';
const ids = ['Sessions', 'SessionTokens'];
const regions = ['us-east-1', 'ap-southeast-1'] as const;
const both = (values: readonly unknown[]): Readonly<Record<string, unknown>> => Object.fromEntries(ids.map((id) => [id, values]));
const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });

for (const environment of environmentNames) {
  describe(`Customer portal sessions of ${environment}`, () => {
    const declared = () => ofType(dataIn('us-east-1', environment), tables);
    /** What each replica of each table has. */
    const ofReplicas = (property: string): unknown => Object.fromEntries(Object.entries(declared()).map(([id, { Replicas }]) => [id, Replicas.map((replica: Record<string, unknown>) => replica[property])]));

    requirement('CUS-38', 'are in two tables, which the primary region alone declares, with a replica in each region', () => {
      expect(only(declared(), 'TableName')).to.deep.equal({ Sessions: [`cus-sessions-${shorts[environment]}-main`], SessionTokens: [`cus-session-tokens-${shorts[environment]}-main`] });
      expect(ofReplicas('Region')).to.deep.equal(both(regions));
      expect(only(declared(), 'StreamSpecification', 'MultiRegionConsistency')).to.deep.equal(both([{ StreamViewType: 'NEW_AND_OLD_IMAGES' }, undefined]));
    });

    requirement('CUS-38', 'are never in a table that would have to become a global one, and declared by no other region', () => {
      for (const region of regions) expect(Object.keys(ofType(dataIn(region, environment), 'AWS::DynamoDB::Table'))).to.deep.equal([]);
      expect(Object.keys(ofType(dataIn('ap-southeast-1', environment), tables))).to.deep.equal([]);
    });

    requirement('CUS-39 CUS-77', 'are paid by request, so that no burst meets a limit that somebody set', () => {
      const limits = ['WriteProvisionedThroughputSettings', 'WriteOnDemandThroughputSettings', 'ReadOnDemandThroughputSettings'];
      expect(only(declared(), 'BillingMode', ...limits)).to.deep.equal(both(['PAY_PER_REQUEST', ...limits.map(() => undefined)]));
      for (const each of ['ReadProvisionedThroughputSettings', 'ReadOnDemandThroughputSettings']) expect(ofReplicas(each)).to.deep.equal(both([undefined, undefined]));
    });

    requirement('CUS-40', 'are found by their id, and by the user or session that they belong to, newest last', () => {
      const index = (IndexName: string, by: string) => ({ IndexName, KeySchema: [key(by, 'HASH'), key('createdAt', 'RANGE')], Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['expiresAt'] } });
      const attribute = (AttributeName: string, AttributeType: string) => ({ AttributeName, AttributeType });
      expect(only(declared(), 'KeySchema', 'GlobalSecondaryIndexes', 'AttributeDefinitions')).to.deep.equal({
        Sessions: [[key('sessionId', 'HASH')], [index('byUser', 'userId')], [attribute('sessionId', 'S'), attribute('userId', 'S'), attribute('createdAt', 'N')]],
        SessionTokens: [[key('tokenId', 'HASH')], [index('bySession', 'sessionId')], [attribute('tokenId', 'S'), attribute('sessionId', 'S'), attribute('createdAt', 'N')]],
      });
    });

    requirement('CUS-41', 'can be had back as of any second, in each region', () => {
      expect(ofReplicas('PointInTimeRecoverySpecification')).to.deep.equal(both(regions.map(() => ({ PointInTimeRecoveryEnabled: true }))));
    });

    requirement('CUS-42 CUS-72', 'are encrypted in each region under that region’s own database key', () => {
      expect(only(declared(), 'SSESpecification')).to.deep.equal(both([{ SSEEnabled: true, SSEType: 'KMS' }]));
      expect(ofReplicas('SSESpecification')).to.deep.equal(both(regions.map((region) => ({ KMSMasterKeyId: keyArn(region, 'database') }))));
    });

    requirement('CUS-42', 'show their ids nowhere in the clear', () => {
      expect(ofReplicas('ContributorInsightsSpecification')).to.deep.equal(both(regions.map(() => ({ Enabled: false }))));
    });

    requirement('CUS-43', 'go by themselves when they end', () => {
      expect(only(declared(), 'TimeToLiveSpecification')).to.deep.equal(both([{ Enabled: true, AttributeName: 'expiresAt' }]));
    });

    requirement('CUS-66', 'are deleted with their stack in both regions', () => {
      expect(ofReplicas('DeletionProtectionEnabled')).to.deep.equal(both([false, false]));
      const { resources } = dataIn('us-east-1', environment);
      for (const id of ids) expect([resources.get(id)?.deletionPolicy, resources.get(id)?.updateReplacePolicy], id).to.deep.equal(['Delete', 'Delete']);
    });

    requirement('CUS-69', 'are tagged in each region: a global table has no tags but its replicas’', () => {
      const tags = Object.entries({ Compliance: 'pci-dss soc2', CostCenter: 'customer-portal', Environment: environment, System: 'customer-portal' }).map(([Key, Value]) => ({ Key, Value }));
      expect(ofReplicas('Tags')).to.deep.equal(both([tags, tags]));
    });
  });
}
