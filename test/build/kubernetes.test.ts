import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/build/build';
import { environmentFolder, readManifest } from '../../src/build/manifest';
import type { KubernetesManifests } from '../../src/cfn';
import { MeridianError } from '../../src/errors';
import { ashore, goodFiles, harbour } from '../kubernetes/harbour';

describe('Kubernetes manifests in a build', function () {
  this.timeout(20_000);
  const dist = mkdtempSync(join(tmpdir(), 'meridian-build-kubernetes-'));
  const folder = environmentFolder(dist, 'harbour', 'production');
  const refusal = async (changed: Partial<KubernetesManifests>): Promise<string> => {
    const error: unknown = await build({ dist, systems: [harbour(changed)] }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError).and.to.include({ exitCode: 2 });
    return (error as MeridianError).message;
  };

  after(() => rmSync(dist, { recursive: true, force: true }));

  it('are files of their own, which sort in the order in which they are applied and carry their region where they differ', async () => {
    const [manifest] = await build({ dist, systems: [harbour()] });
    expect(readdirSync(join(folder, 'kubernetes')).sort()).to.deep.equal(['10-namespace.yaml', '20-accounts.yaml', '30-quay.ap-southeast-1.yaml', '30-quay.us-east-1.yaml']);
    expect(readFileSync(join(folder, 'kubernetes', '30-quay.us-east-1.yaml'), 'utf8')).to.equal(
      'apiVersion: v1\ndata:\n  image: one\n  suffix: ${EnvironmentSuffix}\n  where: ${AWS::Region}\nkind: ConfigMap\nmetadata:\n  name: crane\n  namespace: harbour\n',
    );
    expect(readdirSync(join(folder, 'helm'))).to.deep.equal(['aws-load-balancer-controller.yaml']);
    expect(manifest?.kubernetes?.files.map(({ file, region, placeholders }) => [file, region, placeholders])).to.deep.equal([
      ['kubernetes/10-namespace.yaml', undefined, []],
      ['kubernetes/20-accounts.yaml', undefined, ['AWS::Region', 'CraneImage', 'CraneRoleArn', 'EnvironmentSuffix']],
      ['kubernetes/30-quay.ap-southeast-1.yaml', 'ap-southeast-1', ['AWS::Region', 'EnvironmentSuffix']],
      ['kubernetes/30-quay.us-east-1.yaml', 'us-east-1', ['AWS::Region', 'EnvironmentSuffix']],
    ]);
    expect(readManifest(dist, 'harbour', 'production').kubernetes).to.deep.equal(manifest?.kubernetes);
  });

  it('are not there for a system without clusters', async () => {
    const [manifest] = await build({ dist, systems: [ashore] });
    expect(manifest).not.to.have.property('kubernetes');
    expect(readdirSync(environmentFolder(dist, 'ashore', 'production')).sort()).to.deep.equal(['base', 'manifest.json', 'sam']);
  });

  it('fail the build for a placeholder that no output fills in, with those that do', async () => {
    const [accounts] = goodFiles;
    const message = await refusal({ files: [{ ...accounts!, objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: '${CraneRole}' } }] }] });
    expect(message).to.match(/^Placeholder \$\{CraneRole\} in kubernetes\/20-accounts\.yaml of harbour production: the root of platform has no output of this name\. Add the output, or use one of .*CraneRoleArn/);
  });

  it('fail the build for a deployment, a region or a name that does not fit', async () => {
    expect(await refusal({ deployment: 'edge' })).to.equal('Manifests of harbour production: deployment "edge" fills them in, and there is none. Name one of platform.');
    expect(await refusal({ files: [{ name: 'a', region: 'eu-west-1', objects: [] }] })).to.match(/^Manifest a of harbour production: eu-west-1 is none of its regions\. Use us-east-1 or ap-southeast-1\.$/);
    expect(await refusal({ files: [goodFiles[1]!, goodFiles[1]!] })).to.match(/^Manifest kubernetes\/10-namespace\.yaml of harbour production written twice/);
  });
});
