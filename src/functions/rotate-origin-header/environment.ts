/** What the function's environment tells it. */
export interface Environment {
  readonly distributionId: string;
  readonly header: string;
  /** Names of the secrets with the value that CloudFront sends, and with the one that it sends next. */
  readonly names: Readonly<Record<'current' | 'next', string>>;
  /** The region in which the secrets are written. */
  readonly home: string;
  /** ARNs of the listener rules that ask for the header, in all regions, or of their listeners. */
  readonly rules: readonly string[];
  /** Days after which a value is replaced. */
  readonly days: number;
  /** Milliseconds for which nothing may change before a value ends. */
  readonly quiet: number;
}

/**
 * The environment as it is set: `DISTRIBUTION_ID`, `HEADER_NAME`, `CURRENT_HEADER` and `NEXT_HEADER` (names of secrets),
 * `HOME_REGION`, `RULE_ARNS` (with commas between them), `ROTATION_DAYS` and `QUIET_SECONDS`.
 *
 * @throws naming the variable that is missing, or is no whole number from 1
 */
export function environmentIn(variables: NodeJS.ProcessEnv): Environment {
  const text = (name: string): string => {
    const value = variables[name];
    if (value) return value;
    throw new Error(`Environment: ${name} is missing. Roll the edge deployment out, which sets it.`);
  };
  const count = (name: string): number => {
    const value = Number(text(name));
    if (Number.isInteger(value) && value >= 1) return value;
    throw new Error(`Environment: ${name} is no whole number from 1. Roll the edge deployment out, which sets it.`);
  };
  return {
    distributionId: text('DISTRIBUTION_ID'),
    header: text('HEADER_NAME'),
    names: { current: text('CURRENT_HEADER'), next: text('NEXT_HEADER') },
    home: text('HOME_REGION'),
    rules: text('RULE_ARNS').split(','),
    days: count('ROTATION_DAYS'),
    quiet: count('QUIET_SECONDS') * 1000,
  };
}
