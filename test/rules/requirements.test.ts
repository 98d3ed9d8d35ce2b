import { expect } from 'chai';
import { Shop } from '../check/shop';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const task = (image: string): object => ({ Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'app', Image: image }] } });
const secret = (region: string): object => ({ Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: [{ Region: region }] } });

describe('requirements that a Guard rule keeps', () => {
  for (const { requirement, promise, rule, kept, broken } of [
    { requirement: 'KSH-41', promise: 'an image named by a tag is refused', rule: 'ecs_image_pinned_by_digest', kept: task(`nginx@${digest}`), broken: task('nginx:latest') },
    { requirement: 'KSH-118', promise: 'data outside the allowed regions is refused', rule: 'data_stays_in_allowed_regions', kept: secret('ap-southeast-1'), broken: secret('eu-central-1') },
  ]) {
    it(`${requirement} ${promise}`, async () => {
      const shop = new Shop();
      try {
        const findingsOf = async (resource: object) => {
          const { findings } = await shop.build({ platform: { root: { Resources: { Resource: resource } } } }).check({ steps: ['cfn-guard'] });
          return findings.filter((finding) => finding.rule === rule);
        };
        expect(await findingsOf(kept)).to.deep.equal([]);
        const [finding] = await findingsOf(broken);
        expect(finding?.where.logicalId).to.equal('Resource');
        expect(finding?.controls).to.include(requirement);
      } finally {
        shop.remove();
      }
    }).timeout(20_000);
  }
});
