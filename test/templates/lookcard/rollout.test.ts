import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { expect } from 'chai';
import { destroy } from '../../../src/rollout';
import { lookcard, lookcardOf } from '../../../templates/systems/lookcard';
import { clusterNames } from '../../../templates/systems/lookcard/cluster-names';
import { environments } from '../../../templates/systems/lookcard/environments';
import { services } from '../../../templates/systems/lookcard/services';
import { RolledSystem } from '../rolled-system';

const own = '111111111111';
const dns = '222222222222';
const otherImage = `public.ecr.aws/docker/library/nginx@sha256:${'cd'.repeat(32)}`;

/** The nodes of a first rollout, in order: the deployments of two accounts, in one region or two. */
const created = (platform: readonly string[]): readonly string[] => [
  ...['parent-zone', 'zone', 'delegation', 'keys'].map((deployment) => `${deployment} ap-southeast-1 create`),
  'edge-foundation us-east-1 create',
  ...[...platform].reverse().map((region) => `foundation ${region} create`),
  ...['platform', ...clusterNames].flatMap((deployment) => platform.map((region) => `${deployment} ${region} create`)),
  'edge us-east-1 create',
];

/** For each database of a region, whether each of its instances writes. */
const writersIn = (rolled: RolledSystem, region: string) =>
  rolled.rds(region, async (client) => (await client.send(new DescribeDBClustersCommand({}))).DBClusters?.map(({ DBClusterMembers = [] }) => DBClusterMembers.map(({ IsClusterWriter }) => IsClusterWriter)));

const changes = (nodes: readonly string[]): readonly string[] => nodes.filter((node) => !node.endsWith(' none'));

describe('LookCard on the local AWS', function () {
  this.timeout(180_000);

  describe('in production', () => {
    let production: RolledSystem;

    before(async () => {
      production = await RolledSystem.open(lookcard);
    });
    after(() => production?.close());

    it('LKC-02 LKC-11 LKC-66 stands in both regions and both accounts, with one writer and its readers in the primary and readers in the pilot light', async () => {
      expect(await production.rolled()).to.deep.equal([...created(['ap-southeast-1', 'us-east-1']), 'apex us-east-1 create']);
      expect(await production.accounts()).to.deep.equal([own, dns]);
      expect(await writersIn(production, 'ap-southeast-1')).to.deep.equal([[true, false, false]]);
      expect(await writersIn(production, 'us-east-1')).to.deep.equal([[false, false, false]]);
    });

    it('LKC-109 changes nothing when it is rolled again', async () => {
      expect(await production.resourceEvents(async () => expect(changes(await production.rolled())).to.deep.equal([]))).to.deep.equal({});
    });

    it('LKC-56 changes one service, the second region first, and no resource of any other stack', async () => {
      const events = await production.resourceEvents(async () => {
        expect(changes(await production.rolled({ ConfigApiImage: otherImage }))).to.deep.equal(['core-application us-east-1 update', 'core-application ap-southeast-1 update']);
      });
      const nested = ['ConfigApi UPDATE_IN_PROGRESS', 'ConfigApi UPDATE_COMPLETE'];
      // A task definition is replaced: the new one stands before the service is changed, the old one goes after it.
      const service = ['Task UPDATE_IN_PROGRESS', 'Task UPDATE_IN_PROGRESS', 'Task UPDATE_COMPLETE', 'Service UPDATE_IN_PROGRESS', 'Service UPDATE_COMPLETE', 'Task DELETE_IN_PROGRESS', 'Task DELETE_COMPLETE'];
      expect(events).to.deep.equal({
        'core-application ap-southeast-1': nested,
        'core-application us-east-1': nested,
        'core-application/ConfigApi ap-southeast-1': service,
        'core-application/ConfigApi us-east-1': service,
      });
    });

    it('LKC-110 records another commit in the one resource that is there for it', async () => {
      const events = await production.resourceEvents(() => production.rolled({ ConfigApiImage: otherImage, GitBranch: 'production', GitCommit: 'c0ffee0' }));
      expect(events).to.deep.equal({
        'edge us-east-1': ['Release UPDATE_IN_PROGRESS', 'Release UPDATE_COMPLETE'],
        'edge/Release us-east-1': ['Release UPDATE_IN_PROGRESS', 'Release UPDATE_COMPLETE'],
      });
    });

    it('LKC-08 names what refuses to go and what would stay, and is not destroyed as long as something refuses', async () => {
      const both = (...ids: readonly string[]) => ids.flatMap((id) => [`${id} ap-southeast-1`, `${id} us-east-1`]);
      const { refusing, kept } = await production.wouldKeep();
      expect(refusing).to.deep.equal(both('Data/Cluster', 'Entrance/LoadBalancer', 'Entrance/NetworkLoadBalancer'));
      expect(kept.filter((each) => !/Repository |Queue/.test(each))).to.deep.equal(
        [
          ...both('Data/BackupVault', 'Data/Cache', 'Data/Cluster', 'Security/DataKey', 'Security/Logs', 'Security/Storage'),
          ...['ConfigApi/SettingsTable', 'Data/GlobalDatabase', 'Keys/CryptoSigningKey', 'Keys/CryptoWrappingKey', 'Keys/LiquidityKey', 'NotificationApi/NotificationsTable', 'WebhookApi/WebhooksTable'].map((id) => `${id} ap-southeast-1`),
          ...['IssuerCredentials', 'NotificationCredentials', 'SupabaseJwt'].map((secret) => `Security/${secret}Secret ap-southeast-1`),
          ...['EdgeSecurity/EdgeKey', 'Security/CryptoSigningKey', 'Security/CryptoWrappingKey', 'Security/LiquidityKey'].map((id) => `${id} us-east-1`),
        ].sort(),
      );
      const refusal = await destroy(production.options()).then(({ message }) => message, (error: Error) => error.message);
      expect(refusal).to.contain('its templates protect 6 resources against deletion').and.to.contain('Nothing was changed.');
    });
  });

  describe('in production without its protection, which keeps log buckets locked as long as they stand', () => {
    let unprotected: RolledSystem;

    before(async () => {
      const { short, settings } = environments.production;
      unprotected = await RolledSystem.open(lookcardOf(services, { production: { short, settings: { ...settings, protected: false } } }));
    });
    after(() => unprotected?.close());

    it('LKC-05 LKC-11 is destroyed to nothing in both regions and both accounts by one command', async () => {
      expect(await unprotected.rolled()).to.have.length(23);
      expect(await unprotected.accounts()).to.deep.equal([own, dns]);
      await unprotected.isDestroyed();
      expect(await unprotected.accounts()).to.deep.equal([]);
    });
  });

  describe('in develop', () => {
    let develop: RolledSystem;

    before(async () => {
      develop = await RolledSystem.open(lookcard, 'develop');
    });
    after(() => develop?.close());

    it('LKC-06 stands in one region and both accounts, with one instance of its database, and a second rollout changes nothing', async () => {
      expect(await develop.rolled()).to.deep.equal(created(['ap-southeast-1']));
      expect(await develop.accounts()).to.deep.equal([own, dns]);
      expect(await writersIn(develop, 'ap-southeast-1')).to.deep.equal([[true]]);
      expect(changes(await develop.rolled())).to.deep.equal([]);
    });

    it('LKC-05 is destroyed to nothing in both accounts by one command', async () => {
      await develop.isDestroyed();
      expect(await develop.accounts()).to.deep.equal([]);
    });
  });
});
