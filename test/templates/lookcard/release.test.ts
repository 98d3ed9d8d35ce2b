import { expect } from 'chai';
import { release } from '../../../templates/systems/lookcard/release';
import { requirement } from '../../requirements/requirement';
import { environmentNames, ofType, resolved } from './built';
import { shorts } from './everywhere';

describe('LookCard’s record of the release', () => {
  for (const environment of environmentNames) {
    requirement('LKC-13 LKC-110', `says which branch and commit were rolled last, in one resource of its own: ${environment}`, () => {
      const stack = resolved(release, 'us-east-1', environment, { GitBranch: 'main', GitCommit: 'f7331f4e50f44d93be5e1fa3ffea8c6f5c2c8e2b' });
      const { Release, ...others } = ofType(stack, 'AWS::SSM::Parameter');
      expect(others).to.deep.equal({});
      expect([Release.Name, Release.Type, JSON.parse(Release.Value as string)]).to.deep.equal([`lookcard-release-${shorts[environment]}-main`, 'String', { branch: 'main', commit: 'f7331f4e50f44d93be5e1fa3ffea8c6f5c2c8e2b' }]);
    });
  }
});
