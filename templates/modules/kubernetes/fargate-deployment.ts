import type { DeploymentObject } from '../../../src/cfn';
import type { HealthPaths } from '../compute/health-paths';
import { metadataOf, selectorOf, type Workload } from './workload-labels';

/** A deployment of pods of one container on Fargate. */
export interface FargateDeploymentSettings extends Workload {
  /** Image by digest, so that a pod started next month runs the same code. */
  readonly image: string;
  readonly cpuMillicores: number;
  /** MiB. Fargate adds 256 for its own, and takes the next size that it sells. */
  readonly memoryMiB: number;
  /** TCP port of the container, plain HTTP: TLS ends at the load balancer. Named `http`. */
  readonly port: number;
  readonly healthPaths: HealthPaths;
  /** Environment variables. Never secrets: everybody who may read the deployment reads them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds that a pod which leaves still serves, before it is told to end. @default 0: nobody sends it requests */
  readonly drainingSeconds?: number;
  /** Seconds between the signal to end and the end by force. @default 30 */
  readonly endingSeconds?: number;
}

/** Numeric user and group of the containers, which no image's own user database needs to know; never root. */
const user = 10_001;

/** Pods started at once beyond those that run, by a new version. */
const surge = 1;

/**
 * A deployment whose pods Fargate can run and a namespace of the `restricted` standard takes.
 *
 * - Requests equal limits, for CPU too: Fargate gives each pod a machine of its own, and takes nothing else.
 * - It says no number of replicas, which is the autoscaler's: applying it again would undo what that has done.
 * - A new version begins with one pod more, and takes none away before that is ready.
 * - A pod that leaves serves on while the load balancer drains it, and only then gets the signal to end. Kubernetes does the
 *   waiting, so that the image needs no shell.
 * - Pods are spread over zones where a scheduler does it. Fargate's does not: it fills the subnets of its profile as evenly as it
 *   likes, so that the zones of running pods are looked at in the runbook.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export function fargateDeployment(settings: FargateDeploymentSettings): DeploymentObject {
  const { name, image, cpuMillicores, memoryMiB, port, healthPaths, environment, drainingSeconds = 0, endingSeconds = 30 } = settings;
  const resources = { cpu: `${cpuMillicores}m`, memory: `${memoryMiB}Mi` };
  const asked = (path: string) => ({ httpGet: { path, port: 'http' }, timeoutSeconds: 5 });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(settings),
    spec: {
      revisionHistoryLimit: 5,
      // Fargate may take minutes for a pod.
      progressDeadlineSeconds: 900,
      selector: { matchLabels: selectorOf(settings) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: surge, maxUnavailable: 0 } },
      template: {
        metadata: { labels: selectorOf(settings) },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: drainingSeconds + endingSeconds,
          securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
          topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: selectorOf(settings) } }],
          containers: [
            {
              name,
              image,
              ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
              env: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
              resources: { requests: resources, limits: resources },
              securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              // Two minutes to start, in which the others are not asked.
              startupProbe: { ...asked(healthPaths.live), periodSeconds: 5, failureThreshold: 24 },
              livenessProbe: { ...asked(healthPaths.live), periodSeconds: 30, failureThreshold: 3 },
              readinessProbe: { ...asked(healthPaths.ready), periodSeconds: 10, failureThreshold: 3 },
              ...(drainingSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: drainingSeconds } } } }),
              volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
            },
          ],
          volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '256Mi' } }],
        },
      },
    },
  };
}
