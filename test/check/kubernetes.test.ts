import { expect } from 'chai';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/build/build';
import { environmentFolder } from '../../src/build/manifest';
import type { KubernetesManifests, KubernetesObject } from '../../src/cfn';
import { check, type CheckOptions, type CheckProgress, type CheckResult } from '../../src/check';
import { checkout } from '../../src/toolchain';
import { fargateDeployment } from '../../templates/modules/kubernetes/fargate-deployment';
import { loadBalanced } from '../../templates/modules/kubernetes/load-balanced';
import { harbour } from '../kubernetes/harbour';

const crane = { name: 'crane', namespace: 'harbour' };
const healthPaths = { live: '/live', ready: '/ready', deep: '/deep' };
const deployment = fargateDeployment({ ...crane, image: 'example.com/crane@sha256:0', cpuMillicores: 250, memoryMiB: 512, port: 8080, healthPaths, environment: {} });

describe('A check of Kubernetes manifests', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'meridian-check-kubernetes-'));
  const dist = join(folder, 'dist');
  let progress: CheckProgress[] = [];
  const checked = (options: Partial<CheckOptions> = {}): Promise<CheckResult> => {
    progress = [];
    return check({ dist, project: folder, waivers: [], today: '2026-06-01', jobs: 2, steps: ['kubernetes-validate'], onProgress: (event) => progress.push(event), ...options });
  };
  const done = () => progress.find((event) => event.kind === 'done' && event.step === 'kubernetes-validate');
  /** Objects as authored, but for what a test writes into them past the types. */
  const built = (objects: readonly object[], changed: Partial<KubernetesManifests> = {}) => build({ dist, systems: [harbour({ files: [{ name: '40-crane', objects: objects as KubernetesObject[] }], ...changed })] });

  before(() => {
    mkdirSync(join(folder, 'rules'), { recursive: true });
    cpSync(join(checkout, '.cfnlintrc.yaml'), join(folder, '.cfnlintrc.yaml'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds nothing in objects that the clusters’ version knows, and needs no process for them again', async () => {
    await built([deployment, ...loadBalanced(crane, 'arn')]);
    const { findings, tools } = await checked();
    expect(findings).to.deep.equal([]);
    expect(tools).to.have.all.keys('kubernetes-validate');
    expect(done()).to.include({ units: 1, fromCache: 0, findings: 0 });
    await checked();
    expect(done()).to.include({ units: 1, fromCache: 1 });
    expect(progress.filter(({ kind }) => kind === 'command')).to.deep.equal([]);
    await checked({ useCache: false });
    expect(done()).to.include({ fromCache: 0 });
  });

  it('runs as a step of every check', async () => {
    const { tools } = await check({ dist, project: folder, waivers: [], today: '2026-06-01', steps: ['kubernetes-validate', 'metrics', 'invariants'] });
    expect(tools).to.have.property('kubernetes-validate');
  });

  const mistakes: readonly (readonly [title: string, object: object, what: RegExp, now: string, id: string])[] = [
    ['a field that Kubernetes does not know', { ...deployment, spec: { ...deployment.spec, replica: 3 } }, /Additional properties are not allowed \('replica' was unexpected\)/, 'spec: ', 'DeploymentCrane'],
    ['a value of another type', { ...deployment, spec: { ...deployment.spec, replicas: 'three' } }, /'three' is not of type 'integer'/, 'spec.replicas: three', 'DeploymentCrane'],
    ['a kind that the version does not have', { ...deployment, apiVersion: 'apps/v1beta2' }, /Couldn't find schema for kind Deployment with api version apps\/v1beta2 for kubernetes version 1\.35/, 'kind: Deployment', 'DeploymentCrane'],
    ['an unknown field of a custom resource', { ...loadBalanced(crane, 'arn')[1], spec: { ...loadBalanced(crane, 'arn')[1].spec, targetGroupArn: 'x' } }, /\('targetGroupArn' was unexpected\)/, 'spec: ', 'TargetGroupBindingCrane'],
    ['a target type that there is not', { ...loadBalanced(crane, 'arn')[1], spec: { ...loadBalanced(crane, 'arn')[1].spec, targetType: 'lambda' } }, /'lambda' is not one of \['instance', 'ip'\]/, 'spec.targetType: lambda', 'TargetGroupBindingCrane'],
  ];
  for (const [title, object, what, now, id] of mistakes) {
    it(`finds ${title}, with the object, its file and the value as it stands`, async () => {
      await built([loadBalanced(crane, 'arn')[0], object]);
      const { findings } = await checked();
      expect(findings).to.have.length(1);
      const [finding] = findings;
      expect(finding).to.include({ source: 'kubernetes-validate', rule: 'kubernetes-schema', severity: 'HIGH' });
      expect(finding?.what).to.match(what);
      expect(finding?.now.startsWith(now), finding?.now).to.equal(true);
      expect(finding?.where).to.deep.include({ system: 'harbour', environment: 'production', deployment: 'kubernetes', template: '40-crane', logicalId: id, regions: ['ap-southeast-1', 'us-east-1'], emitted: 'dist/harbour/production/kubernetes/40-crane.yaml' });
      expect((await checked()).findings).to.deep.equal(findings);
    });
  }

  it('takes a waiver as for a template', async () => {
    await built([{ ...deployment, spec: { ...deployment.spec, replica: 3 } }]);
    const waiver = { rule: 'kubernetes-schema', resource: 'harbour/*/kubernetes/40-crane#DeploymentCrane', reason: 'A test of waivers for manifests', owner: 'tests', expires: '2026-12-31', because: 'FTG-72' };
    const { findings, waived } = await checked({ waivers: [waiver] });
    expect(findings).to.deep.equal([]);
    expect(waived).to.have.length(1);
  });

  it('judges what is in dist, not what was meant', async () => {
    await built([deployment]);
    const file = join(environmentFolder(dist, 'harbour', 'production'), 'kubernetes', '40-crane.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('maxUnavailable', 'maxUnavailble'));
    expect((await checked()).findings.map(({ what }) => what)).to.deep.equal(["Additional properties are not allowed ('maxUnavailble' was unexpected)"]);
  });

  it('fails with code 3 for a version of Kubernetes whose schemas the validator does not have', async () => {
    await built([deployment], { version: '1.99' });
    const error: unknown = await checked().catch((reason: unknown) => reason);
    expect(error).to.include({ exitCode: 3 });
    expect((error as Error).message).to.match(/^kubernetes-validate [\d.]+ failed: /);
  });
});
