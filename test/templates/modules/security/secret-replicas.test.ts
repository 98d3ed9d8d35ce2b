import { expect } from 'chai';
import { TemplateBuilder } from '../../../../src/cfn';
import { replicasElsewhere } from '../../../../templates/modules/security/secret';
import { context } from '../../../cfn/builder';

describe('The replicas of a secret', () => {
  const pairs = [
    { primary: 'us-east-1', secondary: 'ap-southeast-1', replicas: ['ap-southeast-1'] },
    { primary: 'ap-southeast-1', secondary: 'us-east-1', replicas: ['us-east-1'] },
    { primary: 'eu-west-1', secondary: 'eu-central-1', replicas: ['eu-central-1', 'us-east-1'] },
  ];
  for (const { primary, secondary, replicas } of pairs) {
    it(`of ${primary} are in ${replicas.join(' and ')}, where the secondary reads it and CloudFront is made, under that region’s key`, () => {
      const t = new TemplateBuilder('test', { description: 'test', parameters: {} }, { ...context, regions: { primary, secondary } });
      const key = t.resourceName('default');
      expect(replicasElsewhere(t, key)).to.deep.equal(replicas.map((region) => ({ region, key })));
    });
  }
});
