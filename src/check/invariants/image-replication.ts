import type { Invariant } from './invariant';

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html */
export const imageReplication: Invariant = {
  id: 'account_replicates_images',
  title: 'The account replicates the images of its registry to another region',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-6', 'NIST 800-53 r5 CP-10', 'SOC 2 A1.2', 'MAS TRM 2021 8.2'],
  requirements: ['KSH-02'],
  fix: 'Keep the replication of the registry in the deployment of the account',
  ofCatalogue: true,
  judge: (environment) => {
    if (environment.system !== 'account') return 'did-not-apply';
    const replications = environment.of('AWS::ECR::ReplicationConfiguration');
    const [resource = environment.all()[0]] = replications;
    if (replications.length === 0) return [{ resource, what: 'Images stay in one region: services of another one cannot start', now: 'no AWS::ECR::ReplicationConfiguration' }];
    const elsewhere = replications.some((each) => each.all('ReplicationConfiguration.Rules.*.Destinations.*.Region').some((region) => region !== each.region));
    return elsewhere ? [] : [{ resource, property: 'ReplicationConfiguration', what: 'The registry replicates to no other region', now: 'no destination besides its own region' }];
  },
};
