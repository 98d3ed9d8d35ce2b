import { expect } from 'chai';
import { join } from 'node:path';
import { assumptions, availabilityOf, readSlaFigures } from '../../../src/analyse/availability';
import { requestPath } from '../../../src/analyse/availability/request-path';
import { SystemIndex } from '../../../src/analyse/system-index';
import { checkout } from '../../../src/toolchain';
import { wholePlatform } from '../../templates/fintech-global/whole';

describe('A request to FinTech Global', () => {
  const whole = wholePlatform();
  const figures = readSlaFigures(join(checkout, 'prices/sla.json'));

  it('begins at the record that fails over, because no CloudFront is in front, and needs in each region load balancer, cluster, database, cache and sessions', () => {
    const path = requestPath(new SystemIndex(whole('production').deployed));
    expect(path?.edge).to.deep.equal([{ service: 'Route 53', configuration: 'public hosted zone', resource: 'Zone/HostedZone', region: 'global' }]);
    const ofRegion = (region: string, spread: string) =>
      [
        ['Elastic Load Balancing', 'two zones or more', 'Entrance/LoadBalancer'],
        ['WAF', 'web ACL', 'Entrance/WebAcl'],
        ['EKS', 'cluster', 'Compute/Cluster'],
        ['Fargate', 'two zones or more', 'Compute/Cluster'],
        ['EC2', 'two zones or more', 'Compute/Cluster'],
        ['Aurora', spread, 'Data/Cluster'],
        ['ElastiCache', 'Multi-AZ', 'Data/Cache'],
        ['DynamoDB', 'table', 'Data/Sessions'],
      ].map(([service, configuration, resource]) => ({ service, configuration, resource, region }));
    expect(path?.regions.map(({ region, dependencies }) => [region, dependencies])).to.deep.equal([
      ['us-east-1', ofRegion('us-east-1', 'Multi-AZ')],
      // The pilot light has one instance until it takes over.
      ['ap-southeast-1', ofRegion('ap-southeast-1', 'Single-AZ')],
    ]);
  });

  it('has the product of these commitments, and takes over when the plan’s time-outs are over', () => {
    const found = availabilityOf(whole('production').deployed, figures, { ...assumptions, decisionMinutes: 5 })!;
    expect(found.composedSla).to.be.closeTo(0.9999 ** 6 * 0.9995 ** 2, 1e-9);
    expect(found.recovery).to.include({ readsSeconds: 90, writesSeconds: 1590, plan: 'EdgeDns/RegionSwitch', promotionSeconds: 1200, lostSeconds: 30 });
  });
});
