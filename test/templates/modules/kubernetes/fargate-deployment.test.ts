import { expect } from 'chai';
import { fargateDeployment, type FargateDeploymentSettings } from '../../../../templates/modules/kubernetes/fargate-deployment';

const settings: FargateDeploymentSettings = {
  name: 'crane',
  namespace: 'harbour',
  image: 'example.com/crane@sha256:0',
  cpuMillicores: 250,
  memoryMiB: 512,
  port: 9000,
  healthPaths: { live: '/live', ready: '/ready', deep: '/deep' },
  environment: { PORT: '9000' },
};
const podOf = (more: Partial<FargateDeploymentSettings> = {}) => fargateDeployment({ ...settings, ...more }).spec.template.spec!;

describe('A deployment on Fargate', () => {
  it('asks for what it may use, for CPU too, which is all that Fargate takes', () => {
    const [container] = podOf().containers;
    expect(container?.resources).to.deep.equal({ requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '250m', memory: '512Mi' } });
  });

  it('selects the pods that it makes, by a label that its name gives', () => {
    const { spec } = fargateDeployment(settings);
    expect(spec.selector.matchLabels).to.deep.equal({ 'app.kubernetes.io/name': 'crane' });
    expect(spec.template.metadata?.labels).to.deep.equal(spec.selector.matchLabels);
  });

  it('leaves at once where nobody sends it requests, and serves on while a load balancer drains it', () => {
    expect(podOf().containers[0]).not.to.have.property('lifecycle');
    expect(podOf().terminationGracePeriodSeconds).to.equal(30);
    expect(podOf({ drainingSeconds: 75, endingSeconds: 20 }).containers[0]?.lifecycle).to.deep.equal({ preStop: { sleep: { seconds: 75 } } });
    expect(podOf({ drainingSeconds: 75, endingSeconds: 20 }).terminationGracePeriodSeconds).to.equal(95);
  });

  it('gives a program two minutes to start before anybody asks whether it lives', () => {
    const { periodSeconds = 0, failureThreshold = 0 } = podOf().containers[0]?.startupProbe ?? {};
    expect(periodSeconds * failureThreshold).to.equal(120);
  });
});
