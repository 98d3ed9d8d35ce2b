/** Size, version and copies of an Aurora PostgreSQL database on Serverless v2, in each region. */
export interface ServerlessDatabaseSettings {
  readonly engineVersion: string;
  /**
   * The version that the global database was made with. It stays as it is when `engineVersion` is raised to another minor version: the
   * clusters carry that, region by region, and RDS takes major versions only for the global database as a whole.
   */
  readonly globalEngineVersion: string;
  /** The parameter group family that belongs to `engineVersion`. */
  readonly family: string;
  /**
   * Instances in each region, each in its own zone: the first becomes the writer of a region that writes, the others read. One alone
   * is for environments that can do without their database for some minutes.
   */
  readonly instances: 1 | 2 | 3;
  /**
   * Aurora capacity units of an idle instance; one has about 2 GiB of memory. With 0 instances pause when nobody is connected, and take
   * some fifteen seconds to come back.
   */
  readonly minimumCapacity: number;
  /** Aurora capacity units of an instance under full load. */
  readonly maximumCapacity: number;
  /** Days of automated backups and point-in-time recovery. */
  readonly backupRetentionDays: number;
  /** Seconds without a connection after which an instance pauses, 300 to 86,400, where the minimum is 0. @default 300, as Aurora has it */
  readonly pauseAfterSeconds?: number;
}
