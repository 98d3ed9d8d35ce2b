import type { Finding } from '../finding';
import type { MetricPart } from './metric-use';
import type { SystemResources } from './system-resources';

/** What is wrong with a use of a metric, in a finding's words. */
export interface MetricProblem extends Pick<Finding, 'rule' | 'what' | 'now' | 'fix' | 'page'> {
  /** What of the use is wrong. */
  readonly part: MetricPart;
}

/** What a use is judged by. */
export interface JudgeUseOptions {
  readonly resources: SystemResources;
  /** Whether everything that is not known to exist is wrong; otherwise only what can't be right. */
  readonly strict: boolean;
}
