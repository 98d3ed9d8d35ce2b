import { expect } from 'chai';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { build } from '../../src/build/build';
import { Interruption } from '../../src/cli/interruption';
import { runKubeconfig, type KubeconfigCommandOptions } from '../../src/cli/run/kubeconfig';
import { runManifests, type ManifestsCommandOptions } from '../../src/cli/run/manifests';
import { MeridianError } from '../../src/errors';
import { LOCAL_ACCOUNT } from '../../src/local-aws';
import { checkout } from '../../src/toolchain';
import { ashore, goodFiles, harbour, primary, secondary } from '../kubernetes/harbour';
import { Rehearsal } from '../rollout/support/rehearsal';
import { account } from '../rollout/support/shop';
import { withVariables } from '../support/variables';
import { RememberedTerminal } from './support/terminal';

/** The crane's image in a region's registry. */
const imageOf = (region: string): string => `${LOCAL_ACCOUNT}.dkr.ecr.${region}.amazonaws.com/crane@sha256:${'a'.repeat(64)}`;
const image = imageOf(primary);

/** A local AWS that is spoken to as to a real one. */
describe('The commands for Kubernetes clusters', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  let terminal: RememberedTerminal;
  let putBack: (() => void) | undefined;
  const target = { target: 'aws', account: LOCAL_ACCOUNT } as const;
  const context = () => ({
    terminal,
    interruption: new Interruption((line) => terminal.tell(line)),
    workspace: { project: checkout, dist: rehearsal.dist, parameters: join(rehearsal.folder, 'parameters'), state: rehearsal.state, loadSystems: () => [] },
  });
  const chosen = { ...target, system: 'harbour', environment: 'production', region: primary };
  const kubeconfig = (options: Partial<KubeconfigCommandOptions> = {}) => runKubeconfig(context(), { ...chosen, ...options });
  const manifests = (options: Partial<ManifestsCommandOptions> = {}) => runManifests(context(), { ...chosen, ...options });
  const refusal = async (attempt: Promise<unknown>, exitCode: number): Promise<string> => {
    const error: unknown = await attempt.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError).and.to.include({ exitCode });
    expect(terminal.printed).to.equal('');
    return (error as MeridianError).message;
  };

  before(async () => {
    rehearsal = await Rehearsal.start();
    putBack = withVariables({ AWS_ENDPOINT_URL: rehearsal.endpoint, AWS_ACCESS_KEY_ID: LOCAL_ACCOUNT, AWS_SECRET_ACCESS_KEY: 'local' });
    await build({ dist: rehearsal.dist, systems: [account(), harbour(), ashore] });
    mkdirSync(join(rehearsal.folder, 'parameters', 'harbour'), { recursive: true });
    writeFileSync(join(rehearsal.folder, 'parameters', 'harbour', 'production.yaml'), `parameters:\n  CraneImage: ${image}\n`);
  });
  beforeEach(() => (terminal = new RememberedTerminal()));
  after(async () => {
    putBack?.();
    await rehearsal.stop();
  });

  it('say what to do while the cluster does not stand', async () => {
    for (const attempt of [kubeconfig(), manifests()]) {
      expect(await refusal(attempt, 1)).to.equal(`Cluster of harbour production in ${primary}: the platform stack does not stand there. Roll it first with "meridian rollout harbour production".`);
    }
  });

  it('know which systems have clusters, and where', async () => {
    expect(await refusal(kubeconfig({ system: 'ashore' }), 2)).to.equal('System "ashore": it has no Kubernetes cluster. Name a system with one.');
    expect(await refusal(manifests({ region: 'us-east-2' }), 2)).to.match(/^Region "us-east-2": no such region\. Did you mean "us-east-1"\?/);
    expect(await refusal(manifests({ environment: 'productoin' }), 2)).to.match(/Did you mean "production"\?/);
    expect(await refusal(manifests({ target: 'aws', account: undefined }), 2)).to.match(/^Option --target aws: no account is named/);
  });

  describe('once it stands', () => {
    before(async () => {
      const { message } = await rehearsal.rollout({ system: 'harbour', environment: 'production', parameters: { file: 'f', suffix: 'main', values: { CraneImage: image } } });
      expect(message).to.equal(undefined);
    });

    it('print a kubeconfig from its outputs, without credentials', async () => {
      expect(await kubeconfig()).to.equal(0);
      const config = parse(terminal.printed);
      expect(config.clusters[0].cluster).to.deep.equal({ server: `https://ABC.gr7.${primary}.eks.amazonaws.com`, 'certificate-authority-data': 'Y2VydGlmaWNhdGU=' });
      expect(config['current-context']).to.equal(`arn:aws:eks:${primary}:${LOCAL_ACCOUNT}:cluster/harbour-cluster-prod-main`);
      expect(config.users[0].user.exec.args).to.include('harbour-cluster-prod-main');
      expect(terminal.printed).not.to.match(/token:|password|client-key|AKIA|secret/i);
      expect(terminal.told).to.deep.equal([]);
    });

    it('print one for a tunnel, and beside it what opens that', async () => {
      expect(await kubeconfig({ tunnel: 8443, region: secondary })).to.equal(0);
      expect(parse(terminal.printed).clusters[0].cluster).to.deep.include({ server: 'https://localhost:8443', 'tls-server-name': `ABC.gr7.${secondary}.eks.amazonaws.com` });
      expect(terminal.told.join('\n')).to.contain(`aws ssm start-session --region ${secondary} --target <instance id> --document-name AWS-StartPortForwardingSessionToRemoteHost`);
      terminal = new RememberedTerminal();
      expect(await kubeconfig({ tunnel: 8443, json: true })).to.equal(0);
      expect(JSON.parse(terminal.printed)).to.have.nested.property('tunnel.open').that.contains('"localPortNumber":["8443"]');
      expect(JSON.parse(terminal.printed)).to.have.nested.property('kubeconfig.kind', 'Config');
    });

    it('print what the cluster of a region runs, with everything filled in', async () => {
      expect(await manifests({ region: secondary })).to.equal(0);
      const objects = [...parseAllDocuments(terminal.printed)].map((document) => document.toJS());
      expect(objects.map(({ kind }) => kind)).to.deep.equal(['Namespace', 'ServiceAccount', 'ConfigMap', 'ConfigMap']);
      expect(objects[1].metadata.annotations['eks.amazonaws.com/role-arn']).to.equal(`arn:aws:iam::${LOCAL_ACCOUNT}:role/crane`);
      expect(objects[2].data).to.deep.equal({ image: imageOf(secondary), where: secondary, suffix: 'main' });
      expect(objects[3].data.image).to.equal('two');
      expect(terminal.printed).not.to.contain('${');
    });

    it('write them as files of that region, beside the values of charts', async () => {
      const out = join(rehearsal.folder, 'out');
      expect(await manifests({ out })).to.equal(0);
      expect(readdirSync(out).sort()).to.deep.equal(['10-namespace.yaml', '20-accounts.yaml', '30-quay.us-east-1.yaml', 'helm']);
      expect(parse(readFileSync(join(out, 'helm', 'aws-load-balancer-controller.yaml'), 'utf8'))).to.include({ clusterName: 'harbour-cluster-prod-main', region: primary, vpcId: 'vpc-1' });
      expect(terminal.printed).to.equal(
        `4 objects in 3 files written to ${out}.\n` +
          `  helm upgrade --install aws-load-balancer-controller aws-load-balancer-controller --repo https://aws.github.io/eks-charts --version 3.5.0 --namespace kube-system --values ${out}/helm/aws-load-balancer-controller.yaml --wait\n` +
          `  kubectl apply -f ${out}\n`,
      );
      const again = await refusedTo(out);
      expect(again).to.match(/^Folder .* not written: it holds 30-quay\.us-east-1\.yaml, which is none of these manifests, and "kubectl apply -f" takes all\. Empty it, or name another\.$/);
    });

    /** Writes another region's manifests into a folder. */
    const refusedTo = (out: string): Promise<string> => {
      terminal = new RememberedTerminal();
      return refusal(manifests({ out, region: secondary }), 2);
    };

    it('give all of it as one document', async () => {
      expect(await manifests({ json: true })).to.equal(0);
      const document = JSON.parse(terminal.printed);
      expect(document).to.include({ version: 1, exitCode: 0, region: primary });
      expect(document.files.map(({ file }: { file: string }) => file)).to.deep.equal(['10-namespace.yaml', '20-accounts.yaml', '30-quay.us-east-1.yaml']);
      expect(document.charts[0]).to.include({ chart: 'aws-load-balancer-controller', version: '3.5.0' }).and.to.have.nested.property('values.vpcId', 'vpc-1');
    });

    it('refuse to print anything when the stacks are older than what was built, and name what they lack', async () => {
      await build({ dist: rehearsal.dist, systems: [harbour({ files: [...goodFiles, { name: '40-late', objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late' }, data: { text: '${Later}' } }] }] }, true)] });
      expect(await refusal(manifests(), 1)).to.equal(`Manifests of harbour production in ${primary}: the stack has no value for Later (kubernetes/40-late.yaml). Give images in the parameters file, roll what was built, and try again.`);
    });
  });
});
