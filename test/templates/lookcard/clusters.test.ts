import { expect } from 'chai';
import { clusters } from '../../../templates/systems/lookcard/clusters';
import { plain } from '../plain';
import { everywhereOf } from './everywhere';

const everywhere = everywhereOf(clusters, () => ({}));

/** The owner's six, with their requirements. */
const six = [
  ['LKC-34', 'core-application', 'CoreApplicationCluster'],
  ['LKC-35', 'composite-application', 'CompositeApplicationCluster'],
  ['LKC-36', 'listener', 'ListenerCluster'],
  ['LKC-37', 'administrative', 'AdministrativeCluster'],
  ['LKC-38', 'cronjob', 'CronjobCluster'],
  ['LKC-39', 'supabase', 'SupabaseCluster'],
] as const;

describe('LookCard clusters', () => {
  for (const [id, name, logicalId] of six) {
    everywhere(id, `have ${name}`, ({ all, short }) => expect(all('AWS::ECS::Cluster')[logicalId].ClusterName).to.equal(`lookcard-${name}-${short}-main`));
  }

  everywhere('LKC-39', 'are exactly six', ({ all }) => expect(Object.keys(all('AWS::ECS::Cluster'))).to.have.members(six.map(([, , logicalId]) => logicalId)));

  everywhere('LKC-58 LKC-59', 'have Fargate and Fargate Spot at hand, with storage under the data key', ({ all }) => {
    for (const [, , logicalId] of six) {
      const { CapacityProviders, Configuration } = all('AWS::ECS::Cluster')[logicalId];
      expect(plain([CapacityProviders, Configuration])).to.deep.equal([['FARGATE', 'FARGATE_SPOT'], { ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: '<DataKeyArn>' } }]);
    }
  });

  everywhere('LKC-100 LKC-06', 'tell of each task in production and in what is like it, and save that elsewhere', ({ all, environment }) => {
    const Value = environment === 'production' || environment === 'staging' ? 'enhanced' : 'disabled';
    for (const [, , logicalId] of six) expect(plain(all('AWS::ECS::Cluster')[logicalId].ClusterSettings)).to.deep.equal([{ Name: 'containerInsights', Value }]);
  });

  everywhere('LKC-33', 'share a private domain, in which services find each other', ({ all, environment }) => {
    const { Name, Vpc } = all('AWS::ServiceDiscovery::PrivateDnsNamespace').Namespace;
    expect([Name, plain(Vpc)]).to.deep.equal([`${environment}.lookcard.internal`, '<VpcId>']);
  });
});
