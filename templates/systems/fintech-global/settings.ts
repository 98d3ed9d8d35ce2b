import type { HealthPaths } from '../../modules/compute/health-paths';
import type { ProvisionedDatabaseSettings } from '../../modules/data/provisioned-database';
import type { KubernetesVersion } from './add-on-versions';

/** Pods of one service in one region. */
export interface PodCounts {
  /** Pods at every hour. */
  readonly minimum: number;
  readonly maximum: number;
}

/** Size and counts of one of the two services, each a Kubernetes deployment on Fargate. */
export interface ServiceSettings {
  /** Thousandths of a vCPU that a pod asks for; Fargate rounds pod sizes up to the next it sells. */
  readonly cpuMillicores: number;
  /** MiB that a pod asks for and may use. */
  readonly memoryMiB: number;
  /** TCP port of the containers, plain HTTP. */
  readonly port: number;
  /** The pilot light keeps one pod of each service, which ARC scales up. */
  readonly pods: { readonly primary: PodCounts; readonly secondary: PodCounts };
  /** Percent of the CPU asked for at which pods are added. */
  readonly cpuTargetPercent: number;
}

/** Nodes of the managed node group for system pods. */
export interface NodeSettings {
  readonly instanceType: string;
  /** At least 2, in as many zones. */
  readonly minimum: number;
  readonly maximum: number;
  readonly volumeGiB: number;
}

/** The EKS cluster of each region. */
export interface KubernetesSettings {
  /** Minor version of Kubernetes, in standard support. */
  readonly version: KubernetesVersion;
  /** Namespace whose pods run on Fargate. */
  readonly namespace: string;
  /** Ranges from which the Kubernetes API can be reached over the internet; none means that its endpoint is private. */
  readonly publicAccessCidrs: readonly string[];
  readonly nodes: NodeSettings;
}

/** The cache of each region. */
export interface CacheSettings {
  readonly engineVersion: string;
  /** The parameter group family that belongs to `engineVersion`. */
  readonly family: string;
  readonly nodeType: string;
  readonly shards: number;
  /** Copies of each shard beside the one that writes: 1 or more. */
  readonly replicas: number;
  /** Whether the regions' caches are one global datastore. It needs nodes of size `large` and up; what is cached can be made again, so that it is off. */
  readonly global: boolean;
  readonly snapshotRetentionDays: number;
}

/** Capacity of the sessions table, for reads and writes each. */
export interface SessionSettings {
  /** Capacity units a second. */
  readonly minimum: number;
  readonly maximum: number;
  /** Percent of the capacity at which it grows. */
  readonly targetPercent: number;
}

/** Days after which objects of the data lake are kept otherwise. */
export interface DataLakeSettings {
  readonly infrequentAfterDays: number;
  readonly coldAfterDays: number;
  /** Days that an overwritten or deleted object can still be had. */
  readonly noncurrentDays: number;
}

/** How the other region takes over. */
export interface RegionSwitchSettings {
  /** Minutes after which a step of the plan gives up. */
  readonly stepTimeoutMinutes: number;
}

/** Everything that differs, or may come to differ, between the platform's environments. */
export interface FintechGlobalSettings {
  /** A /16 for each region of the pair; they must not overlap, so that the VPCs can be peered. */
  readonly vpcCidrs: Readonly<Record<string, string>>;
  readonly availabilityZones: 3;
  /**
   * How pods reach services outside AWS: `zone`, a NAT gateway in each zone; `single`, one for the VPC, which loses egress with its
   * zone; `none`, not at all. AWS's own services are reached by VPC endpoints in any case.
   */
  readonly egressMode: 'zone' | 'single' | 'none';
  /** `zone`: interface endpoints in each zone; `single`: in the first, with which the VPC loses the services behind them. */
  readonly interfaceEndpoints: 'zone' | 'single';
  readonly kubernetes: KubernetesSettings;
  readonly services: { readonly api: ServiceSettings; readonly worker: ServiceSettings };
  readonly healthPaths: HealthPaths;
  readonly database: ProvisionedDatabaseSettings;
  readonly cache: CacheSettings;
  readonly sessions: SessionSettings;
  readonly dataLake: DataLakeSettings;
  /** Refuses deletion of database, cluster, load balancer and table; keeps keys, buckets and images, and takes a last snapshot. */
  readonly protected: boolean;
  /** Days that logs stay in CloudWatch Logs. */
  readonly logRetentionDays: 14 | 400;
  readonly regionSwitch: RegionSwitchSettings;
}

type Parts = 'database' | 'cache' | 'kubernetes';

/** Settings that one requirement changes. */
export type Change = Partial<Omit<FintechGlobalSettings, Parts>> & { readonly [P in Parts]?: Partial<FintechGlobalSettings[P]> };

/** What an environment has otherwise than `production`, by the requirement or decision that forces it. */
export type Differences = Readonly<Record<`FTG-${number}` | `ADR-${number}`, Change>>;

/** Settings with the changes made. No two of them may touch the same setting: their order says nothing. */
export function changed(settings: FintechGlobalSettings, differences: Differences): FintechGlobalSettings {
  return Object.values(differences).reduce<FintechGlobalSettings>(
    (all, { database, cache, kubernetes, ...others }) => ({
      ...all,
      ...others,
      database: { ...all.database, ...database },
      cache: { ...all.cache, ...cache },
      kubernetes: { ...all.kubernetes, ...kubernetes },
    }),
    settings,
  );
}
