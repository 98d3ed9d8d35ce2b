/** What no template and no contract says, and an estimate can't do without. */
export interface Assumptions {
  /** Times a year that a region is lost and the other takes over. */
  readonly regionLossesPerYear: number;
  /** Share from 0 to 1 of a region's faults that moving to another region ends. */
  readonly coveredShare: number;
  /** Minutes from the first alarm until somebody has decided to promote the other region's database. A system's recovery targets say otherwise. */
  readonly decisionMinutes: number;
  /** Minutes from that decision until the database takes writes, where no region-switch plan says it by its time-outs. */
  readonly promotionMinutes: number;
  /** Times a year that the database restarts for patches, which no SLA counts. */
  readonly databaseRestartsPerYear: number;
  /** Minutes without the database at each of them. */
  readonly restartMinutes: { readonly 'Multi-AZ': number; readonly 'Single-AZ': number };
}

/** The assumptions behind the pages. Replace them by what your own incidents and drills say. */
export const assumptions: Assumptions = {
  regionLossesPerYear: 1,
  coveredShare: 0.8,
  decisionMinutes: 15,
  promotionMinutes: 20,
  databaseRestartsPerYear: 4,
  restartMinutes: { 'Multi-AZ': 2, 'Single-AZ': 10 },
};

/** Why each assumption is what it is, for the pages that show them. */
export const reasons: Readonly<Record<keyof Assumptions, string>> = {
  regionLossesPerYear: 'more often than AWS has lost a whole region, because losing one service on the path in one region is enough',
  coveredShare: 'what is left is what both regions share or one copies from the other: a release, a certificate, damaged data',
  decisionMinutes: 'a person is called, looks, and decides; promotion can’t be undone. A system’s recovery targets may commit them to less',
  promotionMinutes: 'the upper end of what the failover runbook expects, where no region-switch plan says it by its time-outs; RDS promises no time',
  databaseRestartsPerYear: 'one patch of MySQL or its operating system a quarter',
  restartMinutes: 'AWS names 60 to 120 seconds for a failover to the standby and no time for a restart without one',
};
