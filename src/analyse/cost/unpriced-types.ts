/**
 * Types that cost something which the estimate leaves out, and why. Each of their resources is counted as not priced. A type that is neither
 * here nor free nor has a costing is one that nobody thought of: a test fails for it.
 */
export const unpricedTypes: ReadonlyMap<string, string> = new Map([
  ['AWS::ApplicationSignals::ServiceLevelObjective', 'no price could be read; it is paid by what it observes'],
  ['AWS::Backup::RestoreTestingPlan', 'what it restores runs for some hours a month at the prices of databases'],
  ['AWS::Backup::RestoreTestingSelection', 'paid with its plan'],
  ['AWS::ElastiCache::GlobalReplicationGroup', 'its nodes are priced where they stand; the traffic between regions is not'],
  ['AWS::ElastiCache::ServerlessCache', 'paid by what is stored and asked, of which no assumption is stated'],
  ['AWS::FIS::ExperimentTemplate', 'an experiment is paid by the minute that it runs, and none runs by itself'],
  ['AWS::Glue::Crawler', 'paid by the minutes that it crawls, of which no assumption is stated'],
]);
