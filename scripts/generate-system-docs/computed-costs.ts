import { estimateCost, total, usageOf, usageReasons, type CostEstimate, type PriceList, type Usage } from '../../src/analyse/cost';
import type { ResolvedEnvironment } from './environment';
import { table } from './table';

/** A month of an environment at the prices of a list, with what is assumed of its use. @default what its kind of environment uses */
export const estimated = ({ deployments, regions, environment, pods }: ResolvedEnvironment, prices: PriceList, usage: Usage = usageOf(environment)): CostEstimate => estimateCost(deployments, regions.primary, prices, usage, pods);

const dollars = (usd: number): string => Math.round(usd).toLocaleString('en-US');

/** What a month of each environment comes to by component: the primary region, then the other. */
export function computedCostsTable(environments: readonly ResolvedEnvironment[], prices: PriceList): string {
  const estimates = environments.map((each) => ({ ...each, estimate: estimated(each, prices) }));
  const components = [...new Set(estimates.flatMap(({ estimate }) => estimate.lines.map(({ component }) => component)))];
  const cells = (component: string | undefined): string[] =>
    estimates.map(({ estimate, regions }) => [regions.primary, regions.secondary].map((region) => dollars(total(estimate.lines.filter((line) => line.region === region && (component === undefined || line.component === component))))).join(' + '));
  return [
    table(
      ['USD a month', ...estimates.map(({ environment }) => `\`${environment}\``)],
      [
        ...components.map((component) => [component, ...cells(component)]),
        ['**By region**', ...cells(undefined)],
        ['**All**', ...estimates.map(({ estimate }) => `**${dollars(estimate.usd)}**`)],
        ['Budget', ...estimates.map(({ estimate }) => (estimate.budgetUsd === undefined ? 'none' : dollars(estimate.budgetUsd)))],
      ],
    ),
    '',
    `List prices of ${prices.asOf} or later. ${notPriced(estimates.map(({ estimate }) => estimate))}`,
  ].join('\n');
}

function notPriced(estimates: readonly CostEstimate[]): string {
  const names = [...new Set(estimates.flatMap((estimate) => estimate.notPriced.map(({ type, missingPrice, reason, region }) => `\`${type}\` (${missingPrice ? `no price \`${missingPrice}\` in ${region}` : reason})`)))].sort();
  return names.length === 0 ? 'Everything is priced.' : `Not priced: ${names.join('; ')}.`;
}

/** What a month of every environment of every system comes to, beside its budgets. */
export function budgetsTable(systems: ReadonlyMap<string, readonly ResolvedEnvironment[]>, prices: PriceList): string {
  const rows = [...systems].flatMap(([system, environments]) =>
    environments.flatMap((each) => {
      const { usd, budgets, notPriced: without } = estimated(each, prices);
      const left = without.reduce((sum, { count }) => sum + count, 0);
      const whole = budgets.filter(({ services }) => services === undefined).map(({ limitUsd }) => limitUsd);
      const limit = whole.length > 0 ? whole.reduce((sum, one) => sum + one, 0) : undefined;
      const parts = budgets.flatMap(({ services, limitUsd, usd: part }) => (services ? [[system, `\`${each.environment}\``, services.join(', '), ...against(part, limitUsd), '']] : []));
      return [[system, `\`${each.environment}\``, 'all', ...against(usd, limit), String(left)], ...parts];
    }),
  );
  return table(['System', 'Environment', 'Of', 'USD a month', 'Budget', 'Share', 'Resources not priced'], rows);
}

const against = (usd: number, limit?: number): string[] => [dollars(usd), limit === undefined ? 'none' : dollars(limit), limit === undefined ? '' : `${Math.round((usd / limit) * 100)} %`];

/** The assumptions of estimates with their reasons. */
export function usageTable(): string {
  const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const shown = (amount: number): string => amount.toLocaleString('en-US', { maximumFractionDigits: 4 });
  const [production, others] = [usageOf('production'), usageOf('develop')];
  const names = Object.keys(usageReasons) as (keyof Usage)[];
  return table(['A month has', 'In production', 'Elsewhere', 'Because'], names.map((name) => [words(name), shown(production[name]), shown(others[name]), usageReasons[name]]));
}

/** The price list with its pages. */
export function priceTable({ prices }: PriceList): string {
  const rows = [...prices.values()].map(({ service, unit, usd, asOf, page, verified, note }) => [service, unit, usd['us-east-1'] ?? '–', usd['ap-southeast-1'] ?? '–', `[${asOf}](${page})`, verified ? 'yes' : `no. ${note ?? ''}`.trim()]);
  return table(['Service', 'For each', 'us-east-1', 'ap-southeast-1', 'Read', 'On AWS’s page'], rows);
}
