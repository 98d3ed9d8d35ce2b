import { defineSystem, Fn, placeholder, stringToken, type KubernetesManifests, type KubernetesObject, type System } from '../../src/cfn';
import { Parameter } from '../../src/cfn/generated/ssm';
import { imageByDigest } from '../../templates/modules/parameters';
import { loadBalancerController } from '../../templates/modules/kubernetes/load-balancer-controller';
import { restrictedNamespace } from '../../templates/modules/kubernetes/namespace';
import { serviceAccount } from '../../templates/modules/kubernetes/service-account';

export const primary = 'us-east-1';
export const secondary = 'ap-southeast-1';

/** What its clusters run, as good manifests. */
export const goodFiles: KubernetesManifests['files'] = [
  { name: '20-accounts', objects: [serviceAccount({ name: 'crane', namespace: 'harbour' }, placeholder('CraneRoleArn')), image(placeholder('CraneImage'))] },
  { name: '10-namespace', objects: [restrictedNamespace('harbour', '1.35')] },
  { name: '30-quay', region: primary, objects: [image('one')] },
  { name: '30-quay', region: secondary, objects: [image('two')] },
];

/** A config map that holds a text. */
function image(text: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'crane', namespace: 'harbour' }, data: { image: text, where: placeholder('AWS::Region'), suffix: placeholder('EnvironmentSuffix') } };
}

/**
 * A system with clusters that is rolled in a second: its platform says what a cluster's would, but has none.
 * @param changed parts of its manifests that are otherwise
 * @param later   whether its platform has an output more
 */
export function harbour(changed: Partial<KubernetesManifests> = {}, later = false): System {
  return defineSystem<object>({
    name: 'harbour',
    title: 'Test: a harbour',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { production: { short: 'prod', settings: {} } },
    deployments: (plan) =>
      plan.deploy('platform', { description: 'Test: platform', regions: { create: [primary, secondary], update: [primary, secondary] }, parameters: { CraneImage: imageByDigest('Crane') } }, (root) => {
        root.add('Note', new Parameter({ Name: Fn.Sub('/harbour/${EnvironmentSuffix}/note'), Type: 'String', Value: root.param('CraneImage') }));
        const said = (text: string) => stringToken(Fn.Sub(text));
        return {
          wires: {},
          outputs: {
            ClusterName: said('harbour-cluster-prod-${EnvironmentSuffix}'),
            ClusterEndpoint: said('https://ABC.gr7.${AWS::Region}.eks.amazonaws.com'),
            ClusterCertificateAuthority: said('Y2VydGlmaWNhdGU='),
            VpcId: said('vpc-1'),
            CraneRoleArn: said('arn:aws:iam::${AWS::AccountId}:role/crane'),
            CraneImage: root.param('CraneImage'),
            ...(later && { Later: said('since the last build') }),
          },
        };
      }),
    manifests: () => ({
      version: '1.35',
      deployment: 'platform',
      files: goodFiles,
      charts: [loadBalancerController({ clusterName: placeholder('ClusterName'), region: placeholder('AWS::Region'), vpcId: placeholder('VpcId'), nodes: { key: 'role', value: 'system' } })],
      ...changed,
    }),
  });
}

/** A system without clusters. */
export const ashore: System = defineSystem<object>({
  name: 'ashore',
  title: 'Test: no cluster',
  regions: { primary, secondary },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'test',
  compliance: 'none',
  environments: { production: { short: 'prod', settings: {} } },
  deployments: (plan) =>
    plan.deploy('base', { description: 'Test: base', regions: { create: [primary], update: [primary] }, parameters: {} }, (root) => {
      root.add('Note', new Parameter({ Name: Fn.Sub('/ashore/${EnvironmentSuffix}/note'), Type: 'String', Value: 'x' }));
      return { wires: {} };
    }),
});

