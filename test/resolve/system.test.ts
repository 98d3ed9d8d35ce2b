import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Manifest } from '../../src/build/manifest';
import { explain, loadSystem, type ResolvedDeployment, type Template, type Value } from '../../src/resolve';

const suffix = { EnvironmentSuffix: { Type: 'String', Default: 'main' } };

const foundation: Template = {
  Parameters: suffix,
  Conditions: { IsPrimary: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
  Resources: {
    Security: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './security.json' } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Condition: 'IsPrimary' },
    PublishKeyArn: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'String', Name: { 'Fn::Sub': '/meridian/shop/production/${EnvironmentSuffix}/foundation/KeyArn' }, Value: { 'Fn::GetAtt': ['Security', 'Outputs.KeyArn'] } },
    },
  },
  Outputs: { KeyArn: { Value: { 'Fn::GetAtt': ['Security', 'Outputs.KeyArn'] } } },
};
const security: Template = { Resources: { Key: { Type: 'AWS::KMS::Key' } }, Outputs: { KeyArn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] } } } };
const platform: Template = {
  Parameters: {
    ...suffix,
    Domain: { Type: 'String' },
    FoundationKeyArn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/meridian/shop/production/main/foundation/KeyArn' },
    SecondaryKeyArn: { Type: 'String' },
  },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { Ref: 'FoundationKeyArn' }, DisplayName: { Ref: 'Domain' }, Tags: [{ Key: 'Peer', Value: { Ref: 'SecondaryKeyArn' } }] } } },
};

function described(file: string, nests: Readonly<Record<string, string>> = {}): Manifest['deployments'][number]['templates'][string] {
  return { file, sha256: '0'.repeat(64), usage: {}, nests, sources: {} };
}

const both = ['ap-southeast-1', 'us-east-1'];
const manifest: Manifest = {
  version: 1,
  system: 'shop',
  title: 'Shop',
  environment: 'production',
  shortEnvironment: 'prod',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  deployments: [
    {
      name: 'foundation',
      regions: { create: both, update: both },
      unless: 'Existing',
      parameters: { EnvironmentSuffix: { from: 'file' } },
      publishes: { KeyArn: 'String' },
      templates: { root: described('foundation/root.json', { Security: 'security' }), security: described('foundation/security.json') },
      functions: {},
    },
    {
      name: 'platform',
      regions: { create: [...both].reverse(), update: both },
      parameters: {
        EnvironmentSuffix: { from: 'file' },
        Domain: { from: 'file' },
        FoundationKeyArn: { from: 'wire', deployment: 'foundation', output: 'KeyArn', type: 'String' },
        SecondaryKeyArn: { from: 'region', deployment: 'foundation', output: 'KeyArn', region: 'ap-southeast-1' },
      },
      publishes: {},
      templates: { root: described('platform/root.json') },
      functions: {},
    },
  ],
};

describe('a built system', () => {
  const dist = mkdtempSync(join(tmpdir(), 'meridian-resolve-'));
  const files: Readonly<Record<string, unknown>> = { 'manifest.json': manifest, 'foundation/root.json': foundation, 'foundation/security.json': security, 'platform/root.json': platform };

  before(() => {
    for (const [name, content] of Object.entries(files)) {
      const path = join(dist, 'shop', 'production', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, JSON.stringify(content));
    }
  });

  after(() => rmSync(dist, { recursive: true }));

  function load(parameters: Readonly<Record<string, Value>> = {}): readonly ResolvedDeployment[] {
    return loadSystem(dist, 'shop', 'production', { parameters });
  }

  function topic(resolved: readonly ResolvedDeployment[], region: string): Readonly<Record<string, Value>> {
    return resolved.find((each) => each.deployment === 'platform' && each.region === region)?.instance.resource('Topic')?.properties ?? {};
  }

  it('is resolved deployment by deployment, in the order of first creation', () => {
    expect(load().map(({ deployment, region }) => `${deployment} ${region}`)).to.deep.equal(['foundation ap-southeast-1', 'foundation us-east-1', 'platform us-east-1', 'platform ap-southeast-1']);
  });

  it('has in each region the resources of that region', () => {
    expect(load().filter(({ instance }) => instance.resource('Secret')).map(({ region }) => region)).to.deep.equal(['us-east-1']);
  });

  it('wires a deployment to the earlier one of its own region, whatever the suffix', () => {
    for (const EnvironmentSuffix of ['main', 'blue']) {
      const resolved = load({ EnvironmentSuffix });
      for (const region of both) {
        expect(explain(topic(resolved, region)['KmsMasterKeyId'] as Value)).to.equal(`Arn of AWS::KMS::Key Security/Key (foundation/security.json in shop/production/foundation/${region}), known once it stands`);
      }
    }
  });

  it('takes outputs of another region from there', () => {
    const [tag] = topic(load(), 'us-east-1')['Tags'] as readonly { readonly Value: Value }[];
    expect(explain(tag?.Value as Value)).to.contain('shop/production/foundation/ap-southeast-1');
  });

  it('takes values of the parameters file where a root declares them', () => {
    expect(topic(load({ Domain: 'example.com', Unrelated: 'x' }), 'us-east-1')['DisplayName']).to.equal('example.com');
  });

  it('leaves out a deployment that a parameter makes superfluous, and asks for what it would have given', () => {
    expect(() => load({ Existing: 'yes' })).to.throw('Parameter "SecondaryKeyArn" of platform: foundation in ap-southeast-1 has no output KeyArn. Give SecondaryKeyArn a value in the parameters file.');
    expect(load({ Existing: 'yes', SecondaryKeyArn: 'arn' })).to.have.length(2);
  });

  it('is refused when a template is damaged', () => {
    writeFileSync(join(dist, 'shop', 'production', 'platform', 'root.json'), '{');
    expect(() => load()).to.throw(/platform\/root\.json: it cannot be read as JSON\. Run "npm run build:templates" again\./);
  });
});
