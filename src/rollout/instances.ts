import type { StackInstanceSummary } from '@aws-sdk/client-cloudformation';

/** The instances of a StackSet, by account and region. */
export class StackInstances implements Iterable<StackInstanceSummary> {
  constructor(private readonly all: readonly StackInstanceSummary[] = []) {}

  get size(): number {
    return this.all.length;
  }

  /** The regions in which any account has an instance. */
  get regions(): ReadonlySet<string> {
    return new Set(this.all.map(({ Region = '' }) => Region));
  }

  /** The instance of an account in a region. */
  get(account: string, region: string): StackInstanceSummary | undefined {
    return this.all.find((instance) => instance.Account === account && instance.Region === region);
  }

  /** The instances of all accounts in a region, by account. */
  in(region: string): StackInstanceSummary[] {
    return this.all.filter(({ Region }) => Region === region).sort((a, b) => ((a.Account ?? '') < (b.Account ?? '') ? -1 : 1));
  }

  [Symbol.iterator](): Iterator<StackInstanceSummary> {
    return this.all[Symbol.iterator]();
  }
}
