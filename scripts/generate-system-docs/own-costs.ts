import { total, usageOf, workingHours, type CostEstimate, type CostLine, type PriceList, type Usage } from '../../src/analyse/cost';
import { estimated } from './computed-costs';
import type { ResolvedEnvironment } from './environment';
import { usd } from './figures';
import { rangeOf, shown, sum, type Answer, type OwnerCosts } from './owner-costs';
import { table } from './table';

type Line = OwnerCosts['parts'][number]['lines'][number];

/**
 * The owner's lines beside ours: of the environment that is built as the owner wrote, in the first region, which is all that the owner
 * counts; and of the one advised, in both. What no line of the owner's is for follows, so that the sums are those of the estimates.
 */
export function ownCostsTable({ parts, total: claimed, beside }: OwnerCosts, environments: readonly ResolvedEnvironment[], prices: PriceList): string {
  const specified = named(environments, beside.specified);
  const columns = [estimated(specified, prices).lines.filter(({ region }) => region === specified.regions.primary), estimated(named(environments, beside.advised), prices).lines];
  const all = parts.flatMap(({ lines }) => lines);
  const rows = parts.flatMap(({ id, name, subtotal, lines }) => {
    const owners = subtotal === undefined ? sum(lines.map((each) => rangeOf(each.claimed))) : ([subtotal, subtotal] as const);
    return [
      ...lines.map((each) => [each.id ?? id, each.name, shown(rangeOf(each.claimed)), ...columns.map((of) => usd(total(of.filter((line) => isOf(line, each))))), each.because]),
      [id, `**${name}**`, `**${shown(owners)}**`, ...columns.map((of) => `**${usd(total(of.filter((line) => lines.some((each) => isOf(line, each)))))}**`), ''],
    ];
  });
  const others = columns.map((of) => of.filter((line) => !all.some((each) => isOf(line, each))));
  const components = [...new Set(others.flatMap((of) => of.map(({ component }) => component)))];
  return table(
    ['Id', 'Owner’s line', 'Owner’s figure', `\`${beside.specified}\`, ${specified.regions.primary}`, `\`${beside.advised}\`, both regions`, 'Why they differ'],
    [
      ...rows,
      ...components.map((component) => ['KSH-130', component, '0.00', ...others.map((of) => usd(total(of.filter((line) => line.component === component)))), 'not in the owner’s table, beyond what stands above']),
      ['KSH-130', '**Total**', `**${usd(claimed)}**`, ...columns.map((of) => `**${usd(total(of))}**`), 'the owner’s compute is ten times too high, and what the last rows have is left out'],
    ],
  );
}

const isOf = ({ price, resource }: CostLine, { ours }: Line): boolean => ours.prices.includes(price) && (ours.resource === undefined || new RegExp(ours.resource).test(resource));

/** What the owner said of saving, reserving and growing, beside what the estimate says of it. */
export function ownLeversTable({ levers, remarks }: OwnerCosts, environments: readonly ResolvedEnvironment[], prices: PriceList): string {
  const answered = (ours: Answer): string => answerOf(ours, environments, prices);
  return table(
    ['Id', 'What the owner said', 'Owner’s figure', 'Ours', 'Why they differ'],
    [
      ...levers.map(({ id, name, claimed, ours, because }) => [id, name, shown(rangeOf(claimed)), answered(ours), because]),
      ...remarks.map(({ id, says, ours, because }) => [id, says, '–', answered(ours), because]),
    ],
  );
}

function answerOf(ours: Answer, environments: readonly ResolvedEnvironment[], prices: PriceList): string {
  const estimate = (environment: string, usage?: Usage): CostEstimate => estimated(named(environments, environment), prices, usage);
  switch (ours.kind) {
    case 'nothing':
      return usd(0);
    case 'spot': {
      const onDemand = estimate(ours.environment, { ...usageOf(ours.environment), spotShare: 1 });
      return usd(onDemand.usd - estimate(ours.environment).usd);
    }
    case 'night': {
      const tasks = estimate(ours.environment).lines.filter(({ price }) => price.startsWith('fargate-'));
      return usd(total(tasks) / workingHours - total(tasks));
    }
    case 'lines': {
      const { region, component, resource, prices: only } = ours;
      const is = (line: CostLine): boolean => (region ?? line.region) === line.region && (component ?? line.component) === line.component && (only?.includes(line.price) ?? true) && new RegExp(resource ?? '').test(line.resource);
      return usd(total(estimate(ours.environment).lines.filter(is)));
    }
    case 'price':
      return usd(ours.quantity * priceOf(prices, ours.price) * usageOf('production').hours).replace('-', '−');
    case 'cheaper':
      return ours.pairs.map(([one, other]) => `${prices.prices.get(one)?.service}: ${Math.round((1 - priceOf(prices, one) / priceOf(prices, other)) * 100)} %`).join(', ');
    case 'requests':
      return ours.millions.map((millions) => `${millions} million: ${usd(estimate(ours.environment, scaled(usageOf(ours.environment), millions)).usd)}`).join(', ');
  }
}

/** The use of an environment when so many million requests reach it: what requests cause grows with them, what is stored does not. */
function scaled(usage: Usage, millions: number): Usage {
  const factor = (millions * 1e6) / usage.requests;
  const { loadBalancerUnits, databaseRequests, databaseWrites, tableRequests, natGigabytes, endpointGigabytes, logGigabytes, queueRequests, busyShare } = usage;
  const grown = { loadBalancerUnits, databaseRequests, databaseWrites, tableRequests, natGigabytes, endpointGigabytes, logGigabytes, queueRequests };
  return { ...usage, ...(Object.fromEntries(Object.entries(grown).map(([name, amount]) => [name, amount * factor])) as typeof grown), requests: millions * 1e6, busyShare: Math.min(1, busyShare * factor) };
}

const priceOf = ({ prices }: PriceList, id: string): number => prices.get(id)?.usd['us-east-1'] ?? Number.NaN;

function named(environments: readonly ResolvedEnvironment[], name: string): ResolvedEnvironment {
  const found = environments.find(({ environment }) => environment === name);
  if (!found) throw new Error(`Costs: there is no environment ${name}. Name one of ${environments.map(({ environment }) => environment).join(', ')}.`);
  return found;
}
