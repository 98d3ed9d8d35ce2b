import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { lookcard } from '../../../templates/systems/lookcard';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { environmentNames } from './built';

/** Every template of an environment, rendered once, by deployment and name. */
const templatesOf = (environment: (typeof environmentNames)[number]): readonly object[] =>
  lookcard.build(environment).deployments.flatMap(({ name: deployment, templates }) => [...templates.values()].map(({ name, template }) => ({ deployment, name, template: JSON.parse(render(template)) as object })));

describe('LookCard credentials', () => {
  for (const environment of environmentNames) {
    const own = templatesOf(environment);
    requirement('LKC-95', `are temporary: ${environment} has roles, which STS gives credentials for a time, and no user, group, login or access key`, () => {
      expect(own).to.have.length.greaterThan(20);
      expect(textsIn(own, /AWS::IAM::(?:User|Group|AccessKey|UserPolicy|UserToGroupAddition|ServerCertificate)\b/g)).to.deep.equal([]);
    });
  }
});
