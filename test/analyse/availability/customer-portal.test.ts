import { expect } from 'chai';
import { requestPath } from '../../../src/analyse/availability/request-path';
import { SystemIndex } from '../../../src/analyse/system-index';
import { wholePortal } from '../../templates/customer-portal/whole';

describe('A request to the customer portal', () => {
  const whole = wholePortal();

  it('goes to each region once, though two origins lead there, and needs the replicas there of the tables that the services’ environment names', () => {
    const path = requestPath(new SystemIndex(whole('production').deployed));
    const tables = path?.regions.map(({ region, dependencies }) => [region, dependencies.filter(({ service }) => service === 'DynamoDB')]);
    const replicas = (region: string) => ['Data/Sessions', 'Data/SessionTokens'].map((resource) => ({ service: 'DynamoDB', configuration: 'table', resource, region }));
    expect(tables).to.deep.equal(['us-east-1', 'ap-southeast-1'].map((region) => [region, replicas(region)]));
  });
});
