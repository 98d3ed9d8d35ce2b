import { CreateDBInstanceCommand, DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { expect } from 'chai';
import { destroy } from '../../../src/rollout';
import { fintechGlobal } from '../../../templates/systems/fintech-global';
import { RolledSystem } from '../rolled-system';

const order = { first: ['zone', 'key'], writers: [[true, false], [false]] };

describe('FinTech Global on the local AWS', function () {
  this.timeout(120_000);

  describe('in production', () => {
    let production: RolledSystem;

    before(async () => {
      production = await RolledSystem.open(fintechGlobal);
    });
    after(() => production?.close());

    it('FTG-01 FTG-28 FTG-29 stands in both regions, with a writer and a reader in the primary and one instance in the pilot light, and a second rollout changes nothing', () => production.standsAndStays(order));

    it('FTG-06 changes no nested stack but that of costs when the budget changes', () => production.changes({ MonthlyBudgetLimit: '6000' }, { nodes: ['edge us-east-1 update'], stacks: ['Cost us-east-1'] }));

    it('FTG-35 names what refuses to go and what would stay', async () => {
      const both = (...ids: readonly string[]) => ids.flatMap((id) => [`${id} ap-southeast-1`, `${id} us-east-1`]);
      const { refusing, kept } = await production.wouldKeep();
      expect(refusing).to.deep.equal(both('Compute/Cluster', 'Data/Cluster', 'Entrance/LoadBalancer'));
      expect(kept).to.deep.equal(
        [
          ...both('Data/Cache', 'Data/Cluster', 'Security/ApiRepository', 'Security/DataLake', 'Security/Logs', 'Security/WorkerRepository'),
          ...['Data/GlobalDatabase', 'Data/Sessions', 'Key/DataKey', 'Security/ApiKeysSecret', 'Security/EncryptionKeysSecret'].map((id) => `${id} us-east-1`),
          'Security/DataKey ap-southeast-1',
        ].sort(),
      );
    });

    it('FTG-35 is not destroyed: nothing goes as long as something refuses', async () => {
      const before = await production.nestedStacks();
      const refusal = await destroy(production.options()).then(({ message }) => message, (error: Error) => error.message);
      expect(refusal).to.contain('its templates protect 6 resources against deletion').and.to.contain('Nothing was changed.');
      expect(await production.nestedStacks()).to.deep.equal(before);
    });
  });

  describe('in staging', () => {
    let staging: RolledSystem;

    before(async () => {
      staging = await RolledSystem.open(fintechGlobal, 'staging');
    });
    after(() => staging?.close());

    it('FTG-28 stands in both regions', () => staging.standsAndStays(order));

    it('FTG-35 FTG-30 is destroyed to nothing by one command, with the readers that auto scaling has added', async () => {
      await staging.rds('us-east-1', async (client) => {
        const { DBClusters: [cluster] = [] } = await client.send(new DescribeDBClustersCommand({}));
        for (const number of [1, 2]) {
          await client.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: `application-autoscaling-${number}`, DBClusterIdentifier: cluster?.DBClusterIdentifier, DBInstanceClass: 'db.r7g.large', Engine: cluster?.Engine }));
        }
      });
      await staging.isDestroyed();
    });
  });
});
