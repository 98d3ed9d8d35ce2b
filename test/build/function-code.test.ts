import { expect } from 'chai';
import { functionsIn, withArtifact, withLocalPath } from '../../src/build/function-code';

const authored = {
  Description: 'kept',
  Resources: {
    Emptier: {
      Type: 'AWS::Serverless::Function',
      Condition: 'Primary',
      Properties: { CodeUri: 'function:empty', Handler: 'index.handler' },
    },
    Second: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: 'function:empty' } },
    Foreign: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: { Bucket: 'b', Key: 'k' } } },
    Bucket: { Type: 'AWS::S3::Bucket' },
  },
};

describe('The code of a function in a template', () => {
  it('is named once by the function it is', () => {
    expect(functionsIn(authored)).to.deep.equal(['empty']);
  });

  it('is the artifact of its hash for StackSets', () => {
    const { Resources, ...rest } = withArtifact(authored, { empty: 'abc' });
    const code = { Bucket: { 'Fn::Sub': 'meridian-artifacts-${AWS::AccountId}-${AWS::Region}' }, Key: 'abc.zip' };
    expect(rest).to.deep.equal({ Description: 'kept' });
    expect(Resources).to.deep.equal({
      ...authored.Resources,
      Emptier: { ...authored.Resources.Emptier, Properties: { CodeUri: code, Handler: 'index.handler' } },
      Second: { ...authored.Resources.Second, Properties: { CodeUri: code } },
    });
  });

  it('is a local folder for sam deploy, with the transform', () => {
    const local = withLocalPath(authored, '../../functions');
    expect(local).to.have.property('Transform', 'AWS::Serverless-2016-10-31');
    expect(local.Resources.Emptier.Properties).to.deep.equal({
      CodeUri: '../../functions/empty',
      Handler: 'index.handler',
    });
  });

  it('leaves a template without SAM resources as it is', () => {
    const plain = { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } };
    expect(withArtifact(plain, {})).to.equal(plain);
    expect(withLocalPath(plain, '.')).to.equal(plain);
  });

  it('is refused when the function was not bundled', () => {
    expect(() => withArtifact(authored, { other: 'abc' })).to.throw(
      'Emptier: function "empty" was not bundled. Add src/functions/empty/index.ts or correct CodeUri.',
    );
  });
});
