/** Quotas, cfn-lint, cfn-guard, metrics and waivers → one list of findings. */
export { check } from './check';
export { type WaivedFinding } from './apply-waivers';
export { type ParametersOf } from './built-subject';
export { addressOf, exitCodeOf, type Finding, type Severity, type Where } from './finding';
export { checkFolder, type FolderOptions } from './folder/check-folder';
export { loadWaivers } from './load-waivers';
export { everyStep, type CheckOptions, type CheckProgress, type CheckStep, type CheckTool, type StepOptions } from './options';
export { type RuleOutcome, type RuleState } from './outcome';
export { type CheckResult } from './result';
export { renderJson } from './render/json';
export { renderJunit } from './render/junit';
export { renderSarif } from './render/sarif';
export { renderTerminal, summaryLine } from './render/terminal';
export { defineWaivers, type Waiver } from './waiver';
export { type EndingWaiver, type WaiverSummary } from './waiver-summary';
