import { expect } from 'chai';
import { fillIn, placeholdersIn } from '../../src/kubernetes/placeholders';

const object = { metadata: { name: 'a', annotations: { role: '${RoleArn}' } }, list: ['x-${AWS::Region}-${EnvironmentSuffix}', 1, true, null], '${Key}': '${RoleArn}' };

describe('Placeholders in manifests', () => {
  it('are found in texts at any depth, each once and sorted, and not in keys', () => {
    expect(placeholdersIn(object)).to.deep.equal(['AWS::Region', 'EnvironmentSuffix', 'RoleArn']);
    expect(placeholdersIn('$HOME ${} ${a-b} ${9} {Name}')).to.deep.equal([]);
  });

  it('are filled in with what is known, and stay where it is not', () => {
    const filled = fillIn(object, { 'AWS::Region': 'us-east-1', RoleArn: 'arn:aws:iam::1:role/${AWS::Region}' });
    expect(filled).to.deep.equal({ ...object, metadata: { name: 'a', annotations: { role: 'arn:aws:iam::1:role/${AWS::Region}' } }, list: ['x-us-east-1-${EnvironmentSuffix}', 1, true, null], '${Key}': 'arn:aws:iam::1:role/${AWS::Region}' });
    expect(object.metadata.annotations.role).to.equal('${RoleArn}');
  });
});
