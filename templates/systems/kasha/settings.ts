/** Sizes and counts of one of the two services. */
export interface ServiceSettings {
  /** Fargate CPU units: 1,024 are one vCPU. */
  readonly cpu: 256 | 512 | 1024 | 2048;
  /** MiB. */
  readonly memory: number;
  readonly port: number;
  readonly minimumTasks: number;
  readonly maximumTasks: number;
}

/** The paths on which the services say how they are. Part of the contract with whoever builds the images. */
export interface HealthPaths {
  /**
   * Asked of each task by its load balancer and by ECS, which replace a task that does not answer 200. It says that the process
   * serves and nothing more: a failing database must not make ECS kill healthy tasks. `/`, because every web server answers
   * there, the placeholder images included, so that a first rollout becomes stable.
   */
  readonly live: string;
  /**
   * Asked of each region by Route 53, which takes a region out of `origin.<domain>` when it does not answer 2xx or 3xx. It goes
   * through frontend, backend and database. It is the only path that the public load balancer serves without CloudFront's header.
   */
  readonly deep: string;
}

/** Hours in which an environment runs nothing, to save its cost. */
export interface NightShutdown {
  /** Application Auto Scaling cron expression at which the tasks stop. */
  readonly stop: string;
  /** The same for when they start again. */
  readonly start: string;
  /** IANA time zone of both, so that daylight saving does not shift them. */
  readonly timeZone: string;
}

/** Size, version and copies of MySQL. */
export interface DatabaseSettings {
  readonly engineVersion: string;
  /** The parameter group family that belongs to `engineVersion`. */
  readonly family: string;
  readonly instanceClass: string;
  /** GiB of gp3, on each instance. */
  readonly allocatedStorage: number;
  /** A synchronous standby in another zone, for each instance that can become the one that writes. */
  readonly multiAz: boolean;
  /** Days of automated backups and point-in-time recovery. */
  readonly backupRetentionDays: number;
  /** The general log, which holds every statement: `on` writes and exports it, `exported` only prepares its export, `off` does neither. */
  readonly generalLog: 'on' | 'exported' | 'off';
  /** Performance Insights does not run on micro classes. */
  readonly performanceInsights: boolean;
  readonly proxy: boolean;
  /** A read replica in the secondary region, which is promoted in a failover. */
  readonly crossRegionReplica: boolean;
}

/** Everything that differs, or may come to differ, between Kasha's environments. */
export interface KashaSettings {
  /** A /16 for each region of the pair; they must not overlap, so that the VPCs can be peered. */
  readonly vpcCidrs: Readonly<Record<string, string>>;
  /** Zones with subnets. A load balancer wants two, and subnets cost nothing. */
  readonly availabilityZones: 2 | 3;
  /** `zone`: a NAT gateway in each zone; `single`: one for the VPC, which loses egress with its zone. */
  readonly natGateways: 'zone' | 'single';
  /** `zone`: interface endpoints in each zone; `single`: in the first, with which the VPC loses the services behind them. */
  readonly interfaceEndpoints: 'zone' | 'single';
  readonly services: { readonly frontend: ServiceSettings; readonly backend: ServiceSettings };
  readonly healthPaths: HealthPaths;
  /** Stops the tasks outside office hours. Absent where users come at any hour. */
  readonly nightShutdown?: NightShutdown;
  /** `all` runs every task on Fargate Spot, which AWS may take back within two minutes; `none` runs every task on demand. */
  readonly spot: 'none' | 'all';
  /** A shell into running tasks by ECS Exec. */
  readonly executeCommand: boolean;
  readonly database: DatabaseSettings;
  /** Key of the queues' messages: `own` is the default key, `aws` the one that AWS manages, under which no other AWS service can send. */
  readonly queueKey: 'own' | 'aws';
  /** Protects data from deletion: final snapshots, deletion protection, vault lock. Off where an environment must be destroyable. */
  readonly protected: boolean;
  /** Days that container and database logs stay in CloudWatch Logs. */
  readonly logRetentionDays: 7 | 14 | 30 | 365;
  /** Seven years of monthly backups, copies in the secondary region and monthly restore tests. */
  readonly archive: boolean;
}

/** Settings that one requirement changes. */
export type Change = Partial<Omit<KashaSettings, 'database'>> & { readonly database?: Partial<DatabaseSettings> };

/** What an environment has otherwise than `production`, by the requirement or decision that forces it. */
export type Differences = Readonly<Record<`KSH-${number}` | `ADR-${number}`, Change>>;

/** Settings with the changes made. No two of them may touch the same setting: their order says nothing. */
export function changed(settings: KashaSettings, differences: Differences): KashaSettings {
  return Object.values(differences).reduce<KashaSettings>(
    (all, { database, ...others }) => ({ ...all, ...others, database: { ...all.database, ...database } }),
    settings,
  );
}
