/** What the function is told by its environment variables. */
export interface Settings {
  /** `ACCOUNT`: the account whose budgets they are. */
  readonly account: string;
  /** `BUDGETS`: the budgets' names, as JSON. */
  readonly budgets: readonly string[];
  /** `NAMESPACE`: where CloudWatch keeps the metrics. */
  readonly namespace: string;
}

/** @throws Error naming the variable that is missing */
export function settingsIn(environment: Readonly<Record<string, string | undefined>>): Settings {
  const of = (name: string): string => {
    const text = environment[name];
    if (!text) throw new Error(`Environment variable ${name}: it is missing. Set it to what settings.ts says.`);
    return text;
  };
  return { account: of('ACCOUNT'), budgets: JSON.parse(of('BUDGETS')) as string[], namespace: of('NAMESPACE') };
}
