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
  /** Instances in each region, each in its own zone: the first becomes the writer of a region that writes, the others read. */
  readonly instances: 2 | 3;
  /** Aurora capacity units of an idle instance; one has about 2 GiB of memory. */
  readonly minimumCapacity: number;
  /** Aurora capacity units of an instance under full load. */
  readonly maximumCapacity: number;
  /** Days of automated backups and point-in-time recovery. */
  readonly backupRetentionDays: number;
}
