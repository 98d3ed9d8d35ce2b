import { BudgetsClient, DescribeBudgetCommand, NotFoundException, type Budget } from '@aws-sdk/client-budgets';
import type { Settings } from './settings';

/** What a budget says of the month so far, in US dollars. */
export interface BudgetFigures {
  readonly name: string;
  readonly limit: number;
  /** Spent, as far as AWS has counted: some hours behind. */
  readonly actual: number;
  /** What the month is going to cost; unknown until AWS has some weeks of figures. */
  readonly forecast?: number;
}

/** Budgets are global: their API has one endpoint, which answers for us-east-1. */
const client = new BudgetsClient({ region: 'us-east-1' });

/**
 * The figures of the account's budgets, each asked for by its name: so the function's role need not see any other budget.
 * @throws Error when a budget is missing, or has no limit
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_DescribeBudget.html
 */
export async function figuresOf({ account, budgets }: Pick<Settings, 'account' | 'budgets'>): Promise<readonly BudgetFigures[]> {
  return Promise.all(budgets.map(async (name) => figures(name, await described(account, name))));
}

async function described(AccountId: string, BudgetName: string): Promise<Budget> {
  try {
    const { Budget: budget } = await client.send(new DescribeBudgetCommand({ AccountId, BudgetName }));
    return budget ?? {} as Budget;
  } catch (error) {
    if (error instanceof NotFoundException) throw new Error(`Budget ${BudgetName}: account ${AccountId} has none of that name. Roll the budgets out again, or correct BUDGETS.`, { cause: error });
    throw error;
  }
}

function figures(name: string, { BudgetLimit, CalculatedSpend }: Budget): BudgetFigures {
  const amount = (spend: { readonly Amount?: string | undefined } | undefined): number | undefined => (spend?.Amount === undefined ? undefined : Number(spend.Amount));
  const limit = amount(BudgetLimit);
  if (limit === undefined) throw new Error(`Budget ${name}: it has no limit. Set BudgetLimit, by which all others are measured.`);
  const forecast = amount(CalculatedSpend?.ForecastedSpend);
  return { name, limit, actual: amount(CalculatedSpend?.ActualSpend) ?? 0, ...(forecast === undefined ? {} : { forecast }) };
}
