/** Size, version and copies of an Aurora PostgreSQL database on instances of a fixed class. */
export interface ProvisionedDatabaseSettings {
  readonly engineVersion: string;
  /**
   * The version that the global database was made with. It stays as it is when `engineVersion` is raised to another minor version: the
   * clusters carry that, region by region, and RDS takes major versions only for the global database as a whole.
   */
  readonly globalEngineVersion: string;
  /** The parameter group family that belongs to `engineVersion`. */
  readonly family: string;
  /**
   * Class of every instance in both regions, memory-optimised such as `db.r7g.large`: a global database takes no other.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
   */
  readonly instanceClass: `db.${'r' | 'x'}${string}`;
  /** Instances beside the writer, in the primary region: those that the templates make, each in a zone of its own, and how many there may be under load. */
  readonly readers: { readonly minimum: 1 | 2; readonly maximum: number };
  /** Percent of CPU, averaged over the readers, at which one is added. */
  readonly readerCpuTargetPercent: number;
  /** Days of automated backups and point-in-time recovery. */
  readonly backupRetentionDays: number;
}
