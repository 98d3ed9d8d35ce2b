import { expect } from 'chai';
import { catalogueOf } from '../../../templates/systems/lookcard/catalogue';
import { serviceTemplate } from '../../../templates/systems/lookcard/service';
import { services } from '../../../templates/systems/lookcard/services';
import { requirement } from '../../requirements/requirement';
import { only } from '../plain';
import { environmentNames, ofType, resolved } from './built';
import { keyArn } from './data-parameters';
import { shorts } from './everywhere';

const catalogue = catalogueOf(services);
/** The tables of the owner's three services, each with its keys. */
const tables = { 'config-api': ['settings', 'scope', 'name'], 'notification-api': ['notifications', 'user', 'at'], 'webhook-api': ['webhooks', 'sender', 'id'] } as const;

describe('LookCard tables', () => {
  for (const environment of environmentNames) {
    for (const [service, [name, partition, sort]] of Object.entries(tables)) {
      requirement('LKC-74 LKC-76', `are DynamoDB’s, under the data key and with point-in-time recovery, in the stack of their service: ${service} in ${environment}`, () => {
        const stack = resolved(serviceTemplate(catalogue.row(service), catalogue), 'ap-southeast-1', environment, { DataKeyArn: keyArn('ap-southeast-1'), SecondaryDataKeyArn: keyArn('us-east-1') });
        const copies = environment === 'production' ? (['ap-southeast-1', 'us-east-1'] as const) : (['ap-southeast-1'] as const);
        const [table, ...others] = Object.values(ofType(stack, 'AWS::DynamoDB::GlobalTable'));
        expect(others).to.deep.equal([]);
        expect(only({ table }, 'TableName', 'KeySchema')).to.deep.equal({ table: [`lookcard-${name}-${shorts[environment]}-main`, [{ AttributeName: partition, KeyType: 'HASH' }, { AttributeName: sort, KeyType: 'RANGE' }]] });
        expect(only({ table }, 'SSESpecification')).to.deep.equal({ table: [{ SSEEnabled: true, SSEType: 'KMS' }] });
        const replicas = table.Replicas as readonly Readonly<Record<string, any>>[];
        expect(replicas.map(({ Region, SSESpecification, PointInTimeRecoverySpecification }) => [Region, SSESpecification.KMSMasterKeyId, PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled])).to.deep.equal(
          copies.map((region) => [region, keyArn(region), true]),
        );
      });
    }
  }

  it('belong to nobody else', () => {
    expect(services.filter((row) => row.tables).map(({ name }) => name)).to.deep.equal(Object.keys(tables));
  });
});
