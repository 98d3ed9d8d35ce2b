import { expect } from 'chai';
import { environments } from '../../templates/systems/fintech-global/environments';
import { drainingSeconds } from '../../templates/systems/fintech-global/entrance';
import { manifestsOf } from '../templates/fintech-global/cluster-objects';
import { inOrder } from './in-order';
import { page } from './pages';

const runbook = (name: string): string => page(`docs/runbooks/fintech-global/${name}.md`).text;
const { kubernetes, services } = environments.production.settings;

describe('FinTech Global’s runbooks for Kubernetes', () => {
  it('FTG-71 configure kubectl through a tunnel, then list the nodes with what is expected of them', () => {
    const text = runbook('kubectl');
    inOrder(text, ['npx meridian kubeconfig fintech-global production --region "$PRIMARY" --tunnel 8443', 'export KUBECONFIG=', 'aws ec2 describe-instances ', 'aws ssm start-session ', 'kubectl get nodes ']);
    const [, listed = ''] = /```text\n([\s\S]*?)```/.exec(text) ?? [];
    const [head = '', ...nodes] = listed.trim().split('\n');
    expect(head.split(/\s{2,}/)).to.deep.equal(['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION', 'ROLE', 'ZONE']);
    expect(nodes.filter((node) => node.startsWith('ip-') && /\bsystem\b/.test(node))).to.have.length(kubernetes.nodes.minimum);
    expect(nodes.filter((node) => node.startsWith('fargate-ip-'))).to.have.length(services.api.pods.primary.minimum + services.worker.pods.primary.minimum);
    expect(nodes.every((node) => node.includes(`v${kubernetes.version}.`) && node.includes('Ready'))).to.equal(true);
  });

  it('FTG-72 deploy to the namespace: images, digests, manifests, the second region before the first, and the way back', () => {
    const text = runbook('deploy-application');
    inOrder(text, [
      'docker push ',
      'aws ecr describe-images --region "$SECONDARY"',
      'npx meridian rollout fintech-global production',
      'npx meridian manifests fintech-global production --region "$SECONDARY"',
      'helm upgrade --install ',
      'kubectl apply -f "manifests/$SECONDARY"',
      `kubectl -n ${kubernetes.namespace} rollout status deployment/api`,
      'aws elbv2 describe-target-health ',
      `kubectl -n ${kubernetes.namespace} rollout undo deployment/api`,
    ]);
    expect(text).to.contain('`ApiImage` and `WorkerImage`').and.to.contain('<repository>@sha256:<digest>');
  });

  it('FTG-72 install the chart that the manifests name, in its version, and apply the files that there are', () => {
    const text = runbook('deploy-application');
    const [{ name, chart, repository, version, namespace } = expect.fail('no chart')] = manifestsOf().charts;
    expect(text).to.contain(`helm upgrade --install ${name} ${chart} --repo ${repository} --version ${version} --namespace ${namespace} --values "manifests/$PRIMARY/helm/${name}.yaml" --wait`);
    const files = manifestsOf().files.map((file) => `${file.name}.yaml`);
    for (const [file] of text.matchAll(/\b\d\d-[a-z-]+\.yaml/g)) expect(files).to.include(file);
    expect(text).to.contain(`ends ${drainingSeconds + 15} seconds later at the earliest`);
  });
});
