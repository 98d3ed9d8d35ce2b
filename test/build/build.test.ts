import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build } from '../../src/build/build';
import { environmentFolder, readManifest } from '../../src/build/manifest';
import { defineSystem, nest, templatesOf } from '../../src/cfn';
import { Topic } from '../../src/cfn/generated/sns';
import { MeridianError } from '../../src/errors';
import { account } from '../../templates/account';
import { kashaZone } from './kasha-zone';
import { small } from '../cfn/small-system';

/** All files below a folder with the hash of their bytes. */
function fingerprint(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((file) => statSync(file).isFile());
  return Object.fromEntries(files.sort().map((file) => [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]));
}

const over = defineSystem({
  name: 'small',
  title: 'Small system, grown too large',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'tests',
  compliance: 'none',
  environments: { production: { short: 'prod', settings: {} } },
  deployments: (plan) =>
    plan.deploy('base', { description: 'base', regions: { create: ['us-east-1'], update: ['us-east-1'] }, parameters: {} }, (root) => {
      for (let i = 0; i <= 500; i++) root.add(`Topic${i}`, new Topic());
      return { wires: {} };
    }),
});

describe('Building', () => {
  let dist: string;
  beforeEach(() => (dist = mkdtempSync(join(tmpdir(), 'meridian-build-'))));
  afterEach(() => rmSync(dist, { recursive: true, force: true }));

  it('gives the same bytes twice, zips included', async () => {
    const again = mkdtempSync(join(tmpdir(), 'meridian-build-'));
    try {
      for (const folder of [dist, again]) await build({ dist: folder, systems: [account, kashaZone] });
      expect(fingerprint(again)).to.deep.equal(fingerprint(dist));
      expect(Object.keys(fingerprint(dist)).filter((file) => file.endsWith('.zip'))).not.to.deep.equal([]);
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
  });

  it('writes every template that the manifest lists, with the hash that it lists', async () => {
    await build({ dist, systems: [small] });
    const manifest = readManifest(dist, 'small', 'production');
    expect(manifest.deployments.map(({ name, regions }) => [name, regions.create])).to.deep.equal([['base', ['ap-southeast-1', 'us-east-1']], ['top', ['us-east-1', 'ap-southeast-1']]]);
    for (const { file, sha256, usage } of manifest.deployments.flatMap(({ templates }) => Object.values(templates))) {
      const text = readFileSync(join(environmentFolder(dist, 'small', 'production'), file));
      expect(createHash('sha256').update(text).digest('hex')).to.equal(sha256);
      expect(usage['bytes']).to.equal(text.length);
    }
  });

  it('says in the manifest what nests what, where resources were authored, and where parameters come from', async () => {
    await build({ dist, systems: [small], environments: ['production'] });
    const [base, top] = readManifest(dist, 'small', 'production').deployments;
    expect(top!.templates['root']!.nests).to.deep.equal({ Queue: 'queue' });
    expect(base!.templates['network']!.sources['Vpc']!.at).to.match(/^test\/cfn\/small-system\.ts:\d+$/);
    expect(top!.parameters).to.deep.include({ Email: { from: 'file' }, BaseVpcId: { from: 'wire', deployment: 'base', output: 'VpcId', type: 'AWS::EC2::VPC::Id' } });
    expect(base!.publishes).to.deep.include({ SubnetIds: 'List<AWS::EC2::Subnet::Id>' });
  });

  it('expands SAM for StackSets and keeps it, with local code, for sam deploy', async () => {
    await build({ dist, systems: [kashaZone] });
    const folder = environmentFolder(dist, 'kasha', 'production');
    const [stackSet, sam] = ['zone/zone.json', 'sam/zone/zone.json'].map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
    expect(stackSet).not.to.have.property('Transform');
    expect(stackSet.Resources.Empty.Type).to.equal('AWS::Lambda::Function');
    const zip = stackSet.Resources.Empty.Properties.Code;
    expect(zip.S3Bucket).to.deep.equal({ 'Fn::Sub': 'meridian-artifacts-${AWS::AccountId}-${AWS::Region}' });
    expect(createHash('sha256').update(readFileSync(join(dist, 'functions', zip.S3Key))).digest('hex')).to.equal(zip.S3Key.replace('.zip', ''));
    expect(sam.Transform).to.equal('AWS::Serverless-2016-10-31');
    const code = join(folder, 'sam', 'zone', sam.Resources.Empty.Properties.CodeUri);
    expect(readdirSync(code)).to.deep.equal(['index.js']);
  });

  it('that fails leaves the last good build as it was, and nothing half-written', async () => {
    await build({ dist, systems: [small], environments: ['production'] });
    const before = fingerprint(dist);
    const failure = await build({ dist, systems: [over] }).then(() => undefined, (error: unknown) => error);
    expect(failure).to.be.instanceOf(MeridianError).with.property('message').that.matches(/501 resources, CloudFormation takes 500/);
    expect(fingerprint(dist)).to.deep.equal(before);
  });

  it('refuses an environment that the system does not have, with those it has', () => {
    expect(() => small.build('prod')).to.throw(MeridianError, /Environment "prod" of small: no such environment\. Choose one of production, develop\./);
  });

  it('of two templates with one name in a deployment fails before one overwrites the other', () => {
    const named = (name: string) => templatesOf<object>()(name, { description: name, parameters: {} }, (t) => ({ TopicArn: t.add('Topic', new Topic()).ref() }));
    const [one, two] = [named('same'), named('same')];
    const twice = defineSystem({
      ...{ name: 'twice', title: 'twice', namePattern: '{system}-{resource}-{environment}-{suffix}', costCenter: 'tests', compliance: 'none' },
      regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
      environments: { production: { short: 'prod', settings: {} } },
      deployments: (plan) =>
        plan.deploy('base', { description: 'base', regions: { create: [], update: [] }, parameters: {} }, (root) => {
          nest(root, 'One', one, {});
          nest(root, 'Two', two, {});
          return { wires: {} };
        }),
    });
    expect(() => twice.build('production')).to.throw(MeridianError, /Template name "same" used twice in deployment base/);
  });
});
