import pLimit from 'p-limit';

/** Accounts that are looked into at once: each has limits of its own, so this only bounds open connections. */
const atOnce = 8;

/** Does something for every account, or whatever there is one of in each, several at a time. */
export async function inAccounts<A, T>(accounts: readonly A[], work: (account: A) => Promise<T>): Promise<T[]> {
  const limit = pLimit(atOnce);
  return Promise.all(accounts.map((account) => limit(() => work(account))));
}
