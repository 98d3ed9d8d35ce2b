import { expect } from 'chai';
import { environments } from '../../../templates/systems/fintech-global/environments';
import { drainingSeconds } from '../../../templates/systems/fintech-global/entrance';
import { requirement } from '../../requirements/requirement';
import { bothRegions, environmentNames, type EnvironmentName } from './built';
import { containerOf, manifestsOf, objectsOf } from './cluster-objects';
import { namespaces, shorts } from './everywhere';

const services = ['api', 'worker'] as const;

/** Asserts something of what the cluster of each environment runs in each region. */
function everywhere(ids: string, title: string, holds: (objects: Readonly<Record<string, any>>, environment: EnvironmentName, region: (typeof bothRegions)[number]) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) requirement(ids, `${title}: ${environment} in ${region}`, () => holds(objectsOf(environment, region), environment, region));
  }
}

describe('What FinTech Global’s clusters run', () => {
  everywhere('FTG-23', 'is scaled by CPU between the numbers of pods of its region, by the names that the region switch knows', (objects, environment, region) => {
    const part = region === 'us-east-1' ? 'primary' : 'secondary';
    for (const name of services) {
      const { pods, cpuTargetPercent } = environments[environment].settings.services[name];
      const { apiVersion, metadata, spec } = objects[`HorizontalPodAutoscaler/${name}`];
      expect([apiVersion, metadata.name, metadata.namespace]).to.deep.equal(['autoscaling/v2', name, namespaces[environment]]);
      expect(spec.scaleTargetRef).to.deep.equal({ apiVersion: 'apps/v1', kind: 'Deployment', name });
      expect([spec.minReplicas, spec.maxReplicas]).to.deep.equal([pods[part].minimum, pods[part].maximum]);
      expect(spec.metrics).to.deep.equal([{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuTargetPercent } } }]);
    }
  });

  everywhere('FTG-23', 'leaves the number of pods to the autoscaler, and asks for the CPU of which it takes the percentage', (objects) => {
    for (const name of services) {
      const { spec } = objects[`Deployment/${name}`];
      expect(spec.replicas).to.equal(undefined);
      expect(containerOf(objects[`Deployment/${name}`]).resources.requests.cpu).to.match(/^\d+m$/);
    }
  });

  everywhere('FTG-23', 'grows at once and shrinks by one pod in a minute', (objects) => {
    for (const name of services) {
      expect(objects[`HorizontalPodAutoscaler/${name}`].spec.behavior).to.deep.equal({
        scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }, { type: 'Pods', value: 4, periodSeconds: 60 }], selectPolicy: 'Max' },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
      });
    }
  });

  everywhere('FTG-21', 'runs in the namespace of the Fargate profile, whose pods write to the log group that stands', (objects, environment) => {
    const short = shorts[environment];
    for (const name of services) expect(objects[`Deployment/${name}`].metadata.namespace).to.equal(namespaces[environment]);
    expect(objects['Namespace/aws-observability'].metadata.labels['aws-observability']).to.equal('enabled');
    const { metadata, data } = objects['ConfigMap/aws-logging'];
    expect(metadata.namespace).to.equal('aws-observability');
    expect(data['output.conf'].split('\n')).to.deep.equal([
      '[OUTPUT]',
      '    Name cloudwatch_logs',
      '    Match kube.*',
      '    region ${AWS::Region}',
      `    log_group_name /aws/eks/fintechglobal-cluster-${short}-\${EnvironmentSuffix}/pods`,
      '    log_stream_prefix pod-',
      '    auto_create_group false',
      '',
    ]);
  });

  requirement('FTG-21', 'configures the log router with sections and plugins that Fargate takes, in the size that it takes', () => {
    const { data } = objectsOf()['ConfigMap/aws-logging'];
    expect([data.flb_log_cw, data['filters.conf'], data['parsers.conf']]).to.deep.equal([
      'false',
      '[FILTER]\n    Name parser\n    Match *\n    Key_Name log\n    Parser runtime\n[FILTER]\n    Name kubernetes\n    Match kube.*\n    Merge_Log On\n    Keep_Log Off\n    Buffer_Size 0\n    Kube_Meta_Cache_TTL 300s\n',
      '[PARSER]\n    Name runtime\n    Format regex\n    Regex ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[PF]) (?<log>.*)$\n    Time_Key time\n    Time_Format %Y-%m-%dT%H:%M:%S.%L%z\n',
    ]);
  });

  it('keeps the log router’s configuration below the 5,300 characters that Fargate reads', () => {
    expect(JSON.stringify(objectsOf()['ConfigMap/aws-logging'].data).length).to.be.lessThan(5300);
  });

  everywhere('FTG-24', 'acts as the role of its own service account, and has no token for Kubernetes', (objects, environment) => {
    for (const [name, role] of [['api', '${ApiRoleArn}'], ['worker', '${WorkerRoleArn}']] as const) {
      const account = objects[`ServiceAccount/${name}`];
      expect([account.metadata.namespace, account.metadata.annotations['eks.amazonaws.com/role-arn'], account.automountServiceAccountToken]).to.deep.equal([namespaces[environment], role, false]);
      const { serviceAccountName, automountServiceAccountToken } = objects[`Deployment/${name}`].spec.template.spec;
      expect([serviceAccountName, automountServiceAccountToken]).to.deep.equal([name, false]);
    }
  });

  everywhere('FTG-72', 'is what the parameters name by digest, with as much CPU and memory as it may use', (objects, environment) => {
    for (const [name, image] of [['api', '${ApiImage}'], ['worker', '${WorkerImage}']] as const) {
      const { cpuMillicores, memoryMiB, port } = environments[environment].settings.services[name];
      const container = containerOf(objects[`Deployment/${name}`]);
      expect(container.image).to.equal(image);
      expect(container.ports).to.deep.equal([{ name: 'http', containerPort: port, protocol: 'TCP' }]);
      expect(container.resources.limits).to.deep.equal({ cpu: `${cpuMillicores}m`, memory: `${memoryMiB}Mi` });
      expect(container.resources.requests).to.deep.equal(container.resources.limits);
    }
  });

  everywhere('FTG-72', 'runs without root, privileges, capabilities and writable files, in a namespace that takes nothing else', (objects, environment) => {
    const { version } = environments[environment].settings.kubernetes;
    const labels = objects[`Namespace/${namespaces[environment]}`].metadata.labels;
    for (const mode of ['audit', 'enforce', 'warn']) expect([labels[`pod-security.kubernetes.io/${mode}`], labels[`pod-security.kubernetes.io/${mode}-version`]]).to.deep.equal(['restricted', `v${version}`]);
    for (const name of services) {
      const pod = objects[`Deployment/${name}`].spec.template.spec;
      expect(pod.securityContext).to.deep.equal({ runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.containers[0].securityContext).to.deep.equal({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
      expect(pod.containers[0].volumeMounts).to.deep.equal([{ name: 'scratch', mountPath: '/tmp' }]);
      expect(pod.volumes).to.deep.equal([{ name: 'scratch', emptyDir: { sizeLimit: '256Mi' } }]);
    }
  });

  everywhere('FTG-72', 'is asked on the paths of the settings whether it lives and whether it can serve', (objects, environment) => {
    const { live, ready } = environments[environment].settings.healthPaths;
    for (const name of services) {
      const { startupProbe, livenessProbe, readinessProbe } = containerOf(objects[`Deployment/${name}`]);
      expect([startupProbe.httpGet, livenessProbe.httpGet, readinessProbe.httpGet]).to.deep.equal([{ path: live, port: 'http' }, { path: live, port: 'http' }, { path: ready, port: 'http' }]);
    }
  });

  everywhere('FTG-18 FTG-72', 'is registered in the target group of the templates, and brought there before its pods start', (objects, environment) => {
    expect(objects['TargetGroupBinding/api'].spec).to.deep.equal({ targetGroupARN: '${ApiTargetGroupArn}', targetType: 'ip', ipAddressType: 'ipv4', serviceRef: { name: 'api', port: 'http' } });
    const { spec, metadata } = objects['Service/api'];
    expect([metadata.namespace, spec.type, spec.ports[0].name, spec.ports[0].targetPort]).to.deep.equal([namespaces[environment], 'ClusterIP', 'http', 'http']);
    expect(objects['Deployment/api'].spec.template.metadata.labels).to.deep.equal(spec.selector);
    expect(objects[`Namespace/${namespaces[environment]}`].metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject']).to.equal('enabled');
    const kinds = manifestsOf(environment).files.find(({ name }) => name === '40-api')?.objects.map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['Service', 'TargetGroupBinding', 'PodDisruptionBudget', 'Deployment']);
  });

  everywhere('FTG-18 FTG-72', 'makes no load balancer of its own', (objects) => {
    expect(Object.keys(objects).filter((name) => name.startsWith('Ingress/'))).to.deep.equal([]);
    expect(Object.keys(objects).filter((name) => name.startsWith('Service/'))).to.deep.equal(['Service/api']);
  });

  everywhere('FTG-72', 'changes its version and loses pods without losing a request', (objects) => {
    for (const name of services) {
      const { strategy, selector } = objects[`Deployment/${name}`].spec;
      expect(strategy).to.deep.equal({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
      expect(objects[`PodDisruptionBudget/${name}`].spec).to.deep.equal({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selector.matchLabels } });
    }
    const { lifecycle } = containerOf(objects['Deployment/api']);
    expect(lifecycle.preStop.sleep.seconds).to.be.at.least(drainingSeconds + 15);
    expect(objects['Deployment/api'].spec.template.spec.terminationGracePeriodSeconds).to.equal(lifecycle.preStop.sleep.seconds + 30);
    expect(objects['Deployment/worker'].spec.template.spec.terminationGracePeriodSeconds).to.equal(30);
  });

  everywhere('FTG-72', 'knows where everything is that its role may use, and no secret', (objects, environment) => {
    const short = shorts[environment];
    const variables = (name: string): unknown => Object.fromEntries(containerOf(objects[`Deployment/${name}`]).env.map(({ name: variable, value }: { name: string; value: string }) => [variable, value]));
    const database = { DATABASE_PORT: '5432', DATABASE_NAME: 'fintech', DATABASE_USER: 'fintech', AWS_REGION: '${AWS::Region}' };
    expect(variables('api')).to.deep.equal({
      ...database,
      PORT: '8080',
      DATABASE_HOST: '${DatabaseEndpoint}',
      CACHE_HOST: '${CacheEndpoint}',
      CACHE_PORT: '6379',
      CACHE_SECRET: `fintechglobal-cache-token-${short}-\${EnvironmentSuffix}`,
      SESSIONS_TABLE: `fintechglobal-sessions-${short}-\${EnvironmentSuffix}`,
      API_KEYS_SECRET: `fintechglobal-api-keys-${short}-\${EnvironmentSuffix}`,
      ENCRYPTION_KEYS_SECRET: `fintechglobal-encryption-keys-${short}-\${EnvironmentSuffix}`,
    });
    expect(variables('worker')).to.deep.equal({ ...database, PORT: '8081', DATABASE_HOST: '${DatabaseReaderEndpoint}', DATA_LAKE_BUCKET: '${DataLakeBucketName}' });
  });

  everywhere('FTG-72', 'may hear and call only whom the security groups let in, where something enforces it', (objects, environment, region) => {
    const cidr = environments[environment].settings.vpcCidrs[region];
    const dns = { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] };
    const https = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ protocol: 'TCP', port: 443 }] };
    const inVpc = (...ports: readonly number[]) => ({ to: [{ ipBlock: { cidr } }], ports: ports.map((port) => ({ protocol: 'TCP', port })) });
    expect(objects['NetworkPolicy/deny-all'].spec).to.deep.equal({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(objects['NetworkPolicy/api'].spec).to.deep.equal({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port: 8080 }] }],
      egress: [dns, inVpc(5432, 6379), https],
    });
    expect(objects['NetworkPolicy/worker'].spec).to.deep.equal({ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'worker' } }, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [dns, inVpc(5432), https] });
  });

  everywhere('FTG-72', 'can be applied by the pipeline, whose group may bind target groups and nothing else of that kind', (objects, environment) => {
    expect(objects['Role/target-group-binders'].rules).to.deep.equal([{ apiGroups: ['elbv2.k8s.aws'], resources: ['targetgroupbindings'], verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'] }]);
    const { metadata, roleRef, subjects } = objects['RoleBinding/target-group-binders'];
    expect(metadata.namespace).to.equal(namespaces[environment]);
    expect(roleRef).to.deep.equal({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'target-group-binders' });
    expect(subjects).to.deep.equal([{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'pipeline' }]);
  });

  it('differs between regions in numbers of pods and ranges of networks, nothing else', () => {
    const differing = Object.entries(objectsOf('production', 'us-east-1')).filter(([name, object]) => JSON.stringify(object) !== JSON.stringify(objectsOf('production', 'ap-southeast-1')[name]));
    expect(differing.map(([name]) => name)).to.deep.equal(['NetworkPolicy/api', 'NetworkPolicy/worker', 'HorizontalPodAutoscaler/api', 'HorizontalPodAutoscaler/worker']);
  });

  it('has its controller of target groups on the nodes for system pods, in an exact version, without rights to make load balancers', () => {
    const [chart, ...others] = manifestsOf().charts;
    expect(others).to.deep.equal([]);
    expect(chart).to.include({ name: 'aws-load-balancer-controller', chart: 'aws-load-balancer-controller', version: '3.5.0', namespace: 'kube-system' });
    expect(chart?.values).to.deep.include({
      clusterName: '${ClusterName}',
      region: '${AWS::Region}',
      vpcId: '${VpcId}',
      nodeSelector: { role: 'system' },
      tolerations: [{ key: 'role', operator: 'Equal', value: 'system', effect: 'NoSchedule' }],
      serviceAccount: { create: true, name: 'aws-load-balancer-controller' },
      createIngressClassResource: false,
      enableServiceMutatorWebhook: false,
    });
  });
});
