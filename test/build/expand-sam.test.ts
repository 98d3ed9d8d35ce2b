import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expandSam } from '../../src/build/expand-sam';
import { withArtifact } from '../../src/build/function-code';
import type { SamTemplate } from '../../src/build/sam-template';
import { withVariables } from '../support/variables';

const role = { 'Fn::GetAtt': ['Role', 'Arn'] };

function template(properties: object, attributes: object = {}): SamTemplate {
  const Properties = {
    CodeUri: 'function:empty',
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: role,
    ...properties,
  };
  return withArtifact(
    {
      Parameters: { EnvironmentSuffix: { Type: 'String', Default: 'main' } },
      Conditions: { Primary: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
        Emptier: { Type: 'AWS::Serverless::Function', Properties, ...attributes },
      },
    },
    { empty: 'abc' },
  );
}

describe('Expanding SAM', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'meridian-sam-'));
  });
  afterEach(() => rmSync(cache, { recursive: true }));

  const expand = (templates: Record<string, SamTemplate>, options = {}) => expandSam(templates, { cache, ...options });

  it('leaves a plain Lambda function with the same logical id, attributes, tags and code', () => {
    const attributes = {
      Condition: 'Primary',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      DependsOn: 'Role',
      Metadata: { Source: 'a.ts:1' },
    };
    const authored = template({ Tags: { System: 'kasha' }, Architectures: ['arm64'] }, attributes);
    const { 'data.json': expanded } = expand({ 'data.json': { Transform: 'AWS::Serverless-2016-10-31', ...authored } });
    expect(expanded).to.deep.equal({
      ...authored,
      Resources: {
        ...authored.Resources,
        Emptier: {
          Type: 'AWS::Lambda::Function',
          ...attributes,
          Properties: {
            Code: { S3Bucket: { 'Fn::Sub': 'meridian-artifacts-${AWS::AccountId}-${AWS::Region}' }, S3Key: 'abc.zip' },
            Handler: 'index.handler',
            Runtime: 'nodejs22.x',
            Role: role,
            Architectures: ['arm64'],
            Tags: [
              { Key: 'lambda:createdBy', Value: 'SAM' },
              { Key: 'System', Value: 'kasha' },
            ],
          },
        },
      },
    });
  });

  it('resolves neither the region nor the default of a parameter, nor reads the settings of the machine', () => {
    const queue = {
      'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:failed-${EnvironmentSuffix}',
    };
    const authored = template({
      EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: 'SQS', Destination: queue } } },
      Tags: { Region: { Ref: 'AWS::Region' }, Suffix: { Ref: 'EnvironmentSuffix' } },
    });
    const putBack = withVariables({ AWS_REGION: 'ap-southeast-1' });
    try {
      const { x } = expand({ x: authored });
      expect(x?.Resources?.['EmptierEventInvokeConfig']?.Properties?.['DestinationConfig']).to.deep.equal({
        OnFailure: { Destination: queue },
      });
      expect(JSON.stringify(x?.Resources))
        .to.include('{"Ref":"AWS::Region"}')
        .and.not.match(/ap-southeast-1|us-east-1|no-region/);
    } finally {
      putBack();
    }
  });

  it('takes a template without SAM resources as it is, without Python', () => {
    const plain = { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } };
    expect(expand({ plain }, { interpreter: '/nowhere/python' })['plain']).to.equal(plain);
  });

  it('expands an unchanged template from what it kept, without Python', () => {
    const authored = template({});
    const first = expand({ x: authored });
    expect(expand({ x: authored }, { interpreter: '/nowhere/python' })).to.deep.equal(first);
  });

  it('expands a changed template again', () => {
    expand({ x: template({}) });
    const { x } = expand({ x: template({ Timeout: 900 }) });
    expect(x?.Resources?.['Emptier']?.Properties).to.include({ Timeout: 900 });
  });

  for (const { title, broken, message } of [
    {
      title: 'a role that SAM would invent',
      broken: template({ Role: undefined }),
      message:
        'kasha/data.json: Emptier: no Role, so SAM would invent one. Give the AWS::Serverless::Function a role of the template.',
    },
    {
      title: 'a transform that only AWS can do',
      broken: { ...template({}), Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'] },
      message:
        'kasha/data.json: transform ["AWS::LanguageExtensions","AWS::Serverless-2016-10-31"] can\'t be expanded offline. Use AWS::Serverless-2016-10-31 only.',
    },
    {
      title: 'a property that SAM does not know',
      broken: template({ Timout: 900 }),
      message:
        'kasha/data.json: Emptier: property Timout not defined for resource of type AWS::Serverless::Function. Correct the resource and build again.',
    },
    {
      title: 'code in a local folder',
      broken: template({ CodeUri: './functions/empty' }),
      message:
        /^kasha\/data\.json: Emptier: 'CodeUri' is not a valid S3 Uri .*\. Correct the resource and build again\.$/,
    },
    {
      title: 'an application from the serverless repository, which needs the network',
      broken: {
        Resources: {
          App: {
            Type: 'AWS::Serverless::Application',
            Properties: {
              Location: {
                ApplicationId: 'arn:aws:serverlessrepo:us-east-1:111122223333:applications/a',
                SemanticVersion: '1.0.0',
              },
            },
          },
        },
      },
      message:
        "kasha/data.json: App: an application can't be expanded offline. Nest its template as AWS::CloudFormation::Stack.",
    },
  ]) {
    it(`refuses ${title}, naming template, logical id and cause`, () => {
      expect(() => expand({ 'kasha/data.json': broken }))
        .to.throw(message)
        .with.property('exitCode', 1);
    });
  }

  for (const { title, interpreter, why } of [
    { title: 'ends with an error', interpreter: process.execPath, why: 'bad option: -I' },
    { title: "can't be started", interpreter: '/nowhere/python', why: 'spawnSync /nowhere/python ENOENT' },
  ]) {
    it(`says what to do when Python ${title}`, () => {
      expect(() => expand({ x: template({}) }, { interpreter }))
        .to.throw(`${why}. Delete .tools and run "node scripts/setup.mjs".`)
        .with.property('exitCode', 3);
    });
  }
});
