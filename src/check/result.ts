import type { WaivedFinding } from './apply-waivers';
import type { Finding } from './finding';
import type { CheckTool } from './options';
import type { RuleOutcome } from './outcome';
import type { WaiverSummary } from './waiver-summary';

/** What a check came to. */
export interface CheckResult {
  /** The folder of templates that was checked, as it was given; undefined for built systems, whose findings can be waived. */
  readonly folder?: string;
  /** What counts, worst first; equal findings of two regions are one. */
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  readonly waivers: WaiverSummary;
  /** Every Guard rule and every invariant, and what it came to. */
  readonly rules: readonly RuleOutcome[];
  /** What could not be judged, a sentence each: it is neither a finding nor passed. */
  readonly notes: readonly string[];
  /** The environments that were looked at, `kasha/production`, sorted; a folder's are its roots. */
  readonly environments: readonly string[];
  /** Templates looked at. */
  readonly templates: number;
  readonly seconds: number;
  /** Versions of the programs that ran. */
  readonly tools: Readonly<Partial<Record<CheckTool, string>>>;
  /** The steps that ran, besides quotas. */
  readonly steps: readonly string[];
  readonly today: string;
}
