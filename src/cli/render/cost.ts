import { total, type BudgetComparison, type CostEstimate, type CostLine, type NotPriced, type Usage } from '../../analyse/cost';
import type { EarlierCost, EnvironmentCost } from '../run/cost';
import { resultPaint, type Terminal } from '../terminal';
import { table, type Column } from './table';

/** US dollars a month, without cents: nobody knows them. */
const dollars = (usd: number): string => Math.round(usd).toLocaleString('en-US');

const columns: readonly Column[] = [{ head: 'Deployment' }, { head: 'Region' }, { head: 'Component' }, { head: 'USD a month', align: 'right' }];

/** An environment's estimate: a table by deployment, region and component, and what it rests on and leaves out. */
export function renderCost({ system, environment, estimate, usage }: EnvironmentCost, terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const rows = grouped(estimate.lines).map(({ deployment, region, component, usd }) => [deployment, region, component, dollars(usd)]);
  return [
    `${paint.bold(`${system} ${environment}`)}  ${paint.bold(`${dollars(estimate.usd)} USD a month`)}${againstBudget(estimate)}`,
    ...indented(table(columns, [...rows, ...sums(estimate.lines)])),
    ...estimate.budgets.filter(({ services }) => services !== undefined).map(ofService),
    `  ${paint.dim(`List prices of ${estimate.asOf} or later, on demand, without taxes, credits and commitments: prices/list.json.`)}`,
    `  ${paint.dim(`Assumed: ${usageText(usage)}.`)}`,
    `  ${notPricedText(estimate)}`,
    '',
  ].join('\n');
}

/** What changed of an environment's estimate since an earlier one. */
export function renderCostDiff({ system, environment, estimate }: EnvironmentCost, earlier: EarlierCost, terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const before = earlier.environments.find((each) => each.system === system && each.environment === environment);
  if (!before) return `${paint.bold(`${system} ${environment}`)}  the earlier estimate has no such environment; now ${dollars(estimate.usd)} USD a month\n`;
  const was = new Map(grouped(before.estimate.lines).map((each) => [keyOf(each), each]));
  const now = new Map(grouped(estimate.lines).map((each) => [keyOf(each), each]));
  const changes = [...new Set([...was.keys(), ...now.keys()])].flatMap((key) => {
    const difference = (now.get(key)?.usd ?? 0) - (was.get(key)?.usd ?? 0);
    const { deployment = '', region = '', component = '' } = now.get(key) ?? was.get(key) ?? {};
    return Math.abs(difference) < 0.005 ? [] : [[deployment, region, component, dollars(was.get(key)?.usd ?? 0), dollars(now.get(key)?.usd ?? 0), signed(difference)]];
  });
  const difference = estimate.usd - total(before.estimate.lines);
  const head = `${paint.bold(`${system} ${environment}`)}  ${dollars(total(before.estimate.lines))} → ${dollars(estimate.usd)} USD a month (${signed(difference)})`;
  if (changes.length === 0) return `${head}\n  Nothing costs more or less.\n`;
  const heads: readonly Column[] = [...columns.slice(0, 3), { head: 'Before', align: 'right' }, { head: 'Now', align: 'right' }, { head: 'Change', align: 'right' }];
  return [head, ...indented(table(heads, changes)), ''].join('\n');
}

type Part = Pick<CostLine, 'deployment' | 'region' | 'usd'> & { readonly component: string };

const keyOf = ({ deployment, region, component }: Part): string => `${deployment} ${region} ${component}`;

const signed = (usd: number): string => `${usd < 0 ? '−' : '+'}${Math.abs(usd) < 10 ? Math.abs(usd).toFixed(2) : dollars(Math.abs(usd))}`;

/** Lines added up by deployment, region and component, in their order. */
export function grouped(lines: readonly Part[]): readonly Part[] {
  const parts = new Map<string, Part>();
  for (const line of lines) parts.set(keyOf(line), { ...line, usd: (parts.get(keyOf(line))?.usd ?? 0) + line.usd });
  return [...parts.values()];
}

/** A row for each region and one for all. */
function sums(lines: readonly CostLine[]): string[][] {
  const regions = [...new Set(lines.map(({ region }) => region))];
  return [...regions.map((region) => ['All', region, '', dollars(total(lines.filter((line) => line.region === region)))]), ['All', '', '', dollars(total(lines))]];
}

function againstBudget({ usd, budgetUsd }: CostEstimate): string {
  return budgetUsd === undefined ? '' : `  ${Math.round((usd / budgetUsd) * 100)} % of the budget of ${dollars(budgetUsd)} USD`;
}

const ofService = ({ services = [], usd, limitUsd }: BudgetComparison): string => `  ${services.join(', ')}: ${dollars(usd)} USD, ${Math.round((usd / limitUsd) * 100)} % of its budget of ${dollars(limitUsd)} USD`;

function usageText(usage: Usage): string {
  const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return Object.entries(usage)
    .map(([name, amount]: [string, number]) => `${amount.toLocaleString('en-US', { maximumFractionDigits: 3 })} ${words(name)}`)
    .join(', ');
}

function notPricedText({ notPriced, free }: CostEstimate): string {
  const count = notPriced.reduce((sum, each) => sum + each.count, 0);
  const why = ({ missingPrice, reason }: NotPriced): string => (missingPrice ? `no price ${missingPrice}` : (reason ?? 'nobody said why'));
  const names = notPriced.map((each) => `\n    ${each.count} ${each.type} in ${each.region}: ${why(each)}`);
  return `${count} resources are not priced, ${free} cost nothing by themselves.${names.join('')}`;
}

const indented = (text: string): string[] => text.split('\n').map((line) => `  ${line}`);
