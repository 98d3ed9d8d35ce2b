import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Pods of one Kubernetes deployment in one region, as its manifests ask for them. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly region: string;
  /** vCPU that all its containers together ask for. */
  readonly vcpu: number;
  /** GiB that all its containers together ask for. */
  readonly memory: number;
  readonly least: number;
  readonly most: number;
}

/** As much of a manifest as its cost needs. */
interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: {
    readonly replicas?: number;
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
    readonly template?: { readonly spec?: { readonly containers?: readonly Container[]; readonly initContainers?: readonly Container[] } };
  };
}

interface Container {
  readonly restartPolicy?: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string | number>> };
}

/** Where an environment's pods are written: as much of a build's manifest as says it. */
export interface BuiltManifests {
  readonly regions: { readonly primary: string; readonly secondary: string };
  readonly kubernetes?: { readonly files: readonly { readonly file: string; readonly region?: string }[] };
}

/**
 * Reads the pods of a built environment from the Kubernetes manifests beside its templates. A horizontal pod autoscaler says how many there
 * are, otherwise the deployment's replicas.
 * @param folder the environment's, in the build
 * @returns nothing for a system without manifests
 */
export function readPods(folder: string, { regions, kubernetes }: BuiltManifests): readonly Pod[] {
  const files = (kubernetes?.files ?? []).map(({ file, region }) => ({ region, manifests: parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => (document.toJS() ?? {}) as Manifest) }));
  return [regions.primary, regions.secondary].flatMap((region) => podsOf(files.filter((each) => each.region === undefined || each.region === region).flatMap(({ manifests }) => manifests), region));
}

/** The pods of one region's manifests. */
export function podsOf(manifests: readonly Manifest[], region: string): readonly Pod[] {
  return manifests
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata: { name = '', namespace = 'default' } = {}, spec = {} }) => {
      const scaler = manifests.find((each) => each.kind === 'HorizontalPodAutoscaler' && (each.metadata?.namespace ?? 'default') === namespace && each.spec?.scaleTargetRef?.kind === 'Deployment' && each.spec.scaleTargetRef.name === name)?.spec;
      const { containers = [], initContainers = [] } = spec.template?.spec ?? {};
      const least = scaler?.minReplicas ?? (scaler ? 1 : (spec.replicas ?? 1));
      return { name, namespace, region, vcpu: asked('cpu', containers, initContainers), memory: asked('memory', containers, initContainers) / gibibyte, least, most: scaler?.maxReplicas ?? least };
    });
}

/** What a pod asks for: its containers and sidecars together, or the greediest of those that run before them. */
function asked(resource: 'cpu' | 'memory', containers: readonly Container[], initContainers: readonly Container[]): number {
  const requests = (of: readonly Container[]): number[] => of.map(({ resources }) => quantity(resources?.requests?.[resource] ?? 0));
  const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always';
  const together = requests([...containers, ...initContainers.filter(isSidecar)]).reduce((sum, each) => sum + each, 0);
  return Math.max(together, ...requests(initContainers.filter((each) => !isSidecar(each))));
}

const gibibyte = 1024 ** 3;
const suffixes: Readonly<Record<string, number>> = { '': 1, m: 0.001, k: 1e3, M: 1e6, G: 1e9, Ki: 1024, Mi: 1024 ** 2, Gi: gibibyte };

/** A Kubernetes quantity such as `250m` or `512Mi` as a number. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function quantity(value: string | number): number {
  const [, amount = '', suffix = ''] = /^([\d.]+)(\w*)$/.exec(String(value)) ?? [];
  return Number(amount) * (suffixes[suffix] ?? Number.NaN);
}

/** What AWS adds to each pod's memory for its own agents, in GiB. @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html */
const agents = 0.25;

/** The sizes that Fargate sells to pods: memory in GiB by vCPU. @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html */
const sizes: readonly (readonly [vcpu: number, memory: readonly number[]])[] = [
  [0.25, [0.5, 1, 2]],
  [0.5, [1, 2, 3, 4]],
  [1, [2, 3, 4, 5, 6, 7, 8]],
  [2, range(4, 16, 1)],
  [4, range(8, 30, 1)],
  [8, range(16, 60, 4)],
  [16, range(32, 120, 8)],
];

function range(first: number, last: number, step: number): readonly number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}

/** The size that Fargate bills for a pod: what it asks for and its agents need, rounded up; undefined where nothing sold is enough. */
export function fargateSize({ vcpu, memory }: Pick<Pod, 'vcpu' | 'memory'>): { readonly vcpu: number; readonly memory: number } | undefined {
  for (const [processors, memories] of sizes) {
    const enough = processors >= vcpu ? memories.find((each) => each >= memory + agents) : undefined;
    if (enough !== undefined) return { vcpu: processors, memory: enough };
  }
  return undefined;
}
