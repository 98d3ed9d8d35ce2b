import { expect } from 'chai';
import { capabilityProblems } from '../../../src/rollout/preflight/capability-problems';
import { WrittenDist } from '../support/built';

describe('what a template needs acknowledged', () => {
  const dist = new WrittenDist();
  after(() => dist.remove());
  const problems = (nested: object) =>
    capabilityProblems({
      build: dist.build({ name: 'base', templates: { root: { body: { Resources: { Store: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './store.json' } } } }, nests: { Store: 'store' } }, store: { body: nested } } }),
      parameters: { file: 'f', suffix: 'main', values: {} },
    });

  it('is no transform, in a nested template either', () => {
    expect(problems({ Transform: 'AWS::LanguageExtensions', Resources: {} })).to.deep.equal([
      'Template store of paper test base needs CAPABILITY_AUTO_EXPAND: it has a transform, which StackSets do not take. Expand it in the build, as functions are.',
    ]);
  });

  it('is nothing more for named IAM resources', () => {
    expect(problems({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'x' } } } })).to.deep.equal([]);
  });
});
