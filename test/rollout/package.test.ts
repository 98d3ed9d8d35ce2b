import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageDeployment, sha256 } from '../../src/rollout/package';
import { WrittenDist, type WrittenDeployment } from './support/built';

const queue = { Type: 'AWS::SQS::Queue' };
const nested = (file: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `./${file}.json` } });

/** A root whose packaged form has exactly so many bytes; the umlaut takes two of them. */
const rootOf = (bytes: number) => {
  const empty = { Description: 'ü', Resources: { Queue: queue } };
  const missing = bytes - Buffer.byteLength(JSON.stringify(empty));
  return { ...empty, Description: `ü${'x'.repeat(missing)}` };
};

describe('packaging a deployment', () => {
  const dist = new WrittenDist();
  after(() => dist.remove());

  const pack = (deployment: WrittenDeployment) => {
    const build = dist.build({ name: 'base', ...deployment });
    return { build, packaged: () => packageDeployment(build, build.manifest.deployments[0]!) };
  };

  it('names every nested template by the hash of its bytes and points its parent there', () => {
    const { packaged } = pack({
      templates: {
        root: { body: { Resources: { Store: nested('store') } }, nests: { Store: 'store' } },
        store: { body: { Resources: { Deep: nested('deep') } }, nests: { Deep: 'deep' } },
        deep: { body: { Resources: { Queue: queue } } },
      },
    });
    const { root, artifacts, rootByUrl } = packaged();
    expect(rootByUrl).to.equal(false);
    expect(artifacts).to.have.length(2);
    for (const { key, bytes } of artifacts) expect(key).to.equal(`${sha256(bytes)}.json`);
    const [deep, store] = artifacts;
    const url = (text: string | undefined) => JSON.parse(text ?? '').Resources;
    expect(url(root.bytes.toString()).Store.Properties.TemplateURL).to.deep.equal({
      'Fn::Sub': 'https://s3.${AWS::Region}.${AWS::URLSuffix}/meridian-artifacts-${AWS::AccountId}-${AWS::Region}/' + store?.key,
    });
    expect(url(store?.bytes.toString()).Deep.Properties.TemplateURL['Fn::Sub']).to.contain(deep?.key);
  });

  it('changes the root when only the deepest template changes', () => {
    const templates = (type: string) => ({
      root: { body: { Resources: { Store: nested('store') } }, nests: { Store: 'store' } },
      store: { body: { Resources: { Thing: { Type: type } } } },
    });
    const first = pack({ templates: templates('AWS::SQS::Queue') }).packaged().root.key;
    const second = pack({ templates: templates('AWS::SNS::Topic') }).packaged().root.key;
    expect(first).not.to.equal(second);
  });

  for (const [bytes, byUrl] of [[51_200, false], [51_201, true], [460_800, true]] as const) {
    it(`gives a root of ${bytes} bytes ${byUrl ? 'by URL' : 'in the request'}, counting bytes and not characters`, () => {
      const { packaged } = pack({ templates: { root: { body: rootOf(bytes) } } });
      expect(packaged().root.bytes.length).to.equal(bytes);
      expect(packaged().rootByUrl).to.equal(byUrl);
    });
  }

  it('refuses a root of one byte more than a StackSet takes', () => {
    const { packaged } = pack({ templates: { root: { body: rootOf(460_801) } } });
    expect(packaged).to.throw('Root of paper test base too large: it has 460801 bytes, a StackSet takes 460800. Move resources into nested templates.');
  });

  it('refuses a template that was edited after the build', () => {
    const { build, packaged } = pack({ templates: { root: { body: { Resources: { Queue: queue } } } } });
    writeFileSync(build.templateFile(build.manifest.deployments[0]!, 'root'), '{"Resources":{}}');
    expect(packaged).to.throw(/root\.json not the one that was built: its content no longer has the hash in the manifest\./);
  });

  it('refuses a template that is missing, damaged, or nests itself', () => {
    const store = (body: object | string) => ({ root: { body: { Resources: { Store: nested('store') } }, nests: { Store: 'store' } }, store: { body } });
    expect(pack({ templates: { root: { body: { Resources: { Store: nested('gone') } }, nests: { Store: 'gone' } } } }).packaged).to.throw(/gone\.json missing: ENOENT/);
    expect(pack({ templates: store('{') }).packaged).to.throw(/store\.json damaged: it is not JSON\./);
    expect(pack({ templates: { root: { body: { Resources: { Root: nested('root') } }, nests: { Root: 'root' } } } }).packaged).to.throw('Template root of base nests itself: root → root.');
  });

  it('takes a function bundle only when its content has the hash of its name', () => {
    const bytes = Buffer.from('zip');
    const good = sha256(bytes);
    const bad = good.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    mkdirSync(join(dist.folder, 'functions'));
    for (const name of [good, bad]) writeFileSync(join(dist.folder, 'functions', `${name}.zip`), bytes);
    const templates = { root: { body: { Resources: { Queue: queue } } } };
    expect(pack({ functions: { empty: good }, templates }).packaged().artifacts.map(({ key, contentType }) => [key, contentType])).to.deep.equal([[`${good}.zip`, 'application/zip']]);
    expect(pack({ functions: { empty: bad }, templates }).packaged).to.throw(/^Bundle of function empty not the one that was built/);
  });
});
