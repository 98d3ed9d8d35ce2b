import Table from 'cli-table3';
import { severities } from '../check/finding';
import { steps } from './killer';
import { mutantAddress } from './mutant';
import type { JudgedMutant, MutationResult } from './result';
import { percent, scoreBySeverity, scoreByService, scoreByStep, scoreOf, type Score } from './score';

/** The mutants that nothing noticed, worst first, then by operator and address. */
export function survivorsOf({ judged }: Pick<MutationResult, 'judged'>): readonly JudgedMutant[] {
  const order = ({ mutant }: JudgedMutant): string => `${severities.indexOf(mutant.operator.severity)} ${mutant.operator.id} ${mutantAddress(mutant)} ${mutant.place}`;
  return judged.filter(({ killers, equivalent }) => killers.length === 0 && !equivalent).sort((left, right) => (order(left) < order(right) ? -1 : 1));
}

/** A result as text for a terminal: scores, every survivor, every equivalent, who noticed how many. */
export function renderMutation(result: MutationResult): string {
  const { judged, leftOut, operators, waiting, equivalents, environments, seconds } = result;
  const survivors = survivorsOf(result);
  return [
    survivorLines(survivors),
    equivalents.length > 0 ? ['Equivalent by operator and resource; they count neither as killed nor as survivors:', ...equivalents.map(({ equivalent: { operator, resource, reason }, mutants }) => `  ${operator} ${resource} (${mutants}): ${reason}`), ''].join('\n') : 'No mutant is called equivalent.\n',
    `Operators without a place: ${waiting.map(({ operator, waitsFor }) => `${operator.id}${waitsFor === 'type' ? ' (no system has the type)' : ''}`).join(', ') || 'none'}.\n`,
    scoreTable('Severity', [...Object.entries(scoreBySeverity(judged)), ['CRITICAL and HIGH', scoreOf(judged.filter(isSevere))], ['all', scoreOf(judged)]]),
    scoreTable('Service', [...scoreByService(judged)]),
    stepTable(judged),
    `${operators} operators, ${judged.length} mutants of ${environments.join(', ')}; ${leftOut} more of the same kinds left out; ${survivors.length} survivors; ${seconds.toFixed(1)} s.`,
    '',
  ].join('\n');
}

/** A result as a JSON document. */
export function mutationJson(result: MutationResult): object {
  const { judged, leftOut, operators, waiting, equivalents, environments, seconds } = result;
  return {
    environments, operators, mutants: judged.length, leftOut, seconds,
    severities: scoreBySeverity(judged),
    services: Object.fromEntries(scoreByService(judged)),
    steps: scoreByStep(judged),
    survivors: survivorsOf(result).map(({ mutant }) => describe(mutant)),
    killed: judged.filter(({ killers }) => killers.length > 0).map(({ mutant, killers }) => ({ ...describe(mutant), by: killers })),
    equivalents,
    waiting: waiting.map(({ operator, waitsFor }) => ({ operator: operator.id, waitsFor })),
  };
}

function describe(mutant: JudgedMutant['mutant']): object {
  const { operator: { id, severity, title, controls }, place, change } = mutant;
  return { operator: id, severity, title, controls, resource: mutantAddress(mutant), place, change };
}

function survivorLines(survivors: readonly JudgedMutant[]): string {
  if (survivors.length === 0) return 'No mutant survived.\n';
  return [`Survivors (${survivors.length}):`, ...survivors.map(({ mutant }) => `  ${mutant.operator.severity.padEnd(8)} ${mutant.operator.id} ${mutantAddress(mutant)}\n           ${mutant.operator.title}: ${mutant.place === '' ? '' : `${mutant.place} `}${mutant.change}`), ''].join('\n');
}

function isSevere({ mutant }: JudgedMutant): boolean {
  return mutant.operator.severity === 'CRITICAL' || mutant.operator.severity === 'HIGH';
}

function scoreTable(noun: string, rows: readonly (readonly [string, Score])[]): string {
  const table = new Table({ head: [noun, 'Killed', 'Total', '%'], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right', 'right'] });
  for (const [name, score] of rows) table.push([name, score.killed, score.total, percent(score).toFixed(1)]);
  return `${table.toString()}\n`;
}

function stepTable(judged: readonly JudgedMutant[]): string {
  const table = new Table({ head: ['Noticed by', 'Mutants', 'Nothing else'], style: { head: [], border: [] }, colAligns: ['left', 'right', 'right'] });
  const scores = scoreByStep(judged);
  for (const step of steps) table.push([step, scores[step].noticed, scores[step].alone]);
  return `${table.toString()}\n`;
}
