import { bootstrapTemplates, githubTemplate, type BootstrapTemplate, type GitHubTrust } from '../../templates/bootstrap';
import { inAccounts } from './accounts/in-accounts';
import { memberStacks } from './accounts/member-stacks';
import { deployPlainStack, type PlainStackAction } from './plain-stack';
import type { Listener } from './progress';
import { globalRegion, type Target } from './target';

/** What to prepare for rollouts. */
export interface BootstrapOptions {
  readonly target: Target;
  /** Accounts that stacks go to. On the local AWS they are prepared too; a real one is by its own people. @default the target's own */
  readonly accounts?: readonly string[];
  /** Regions that get an artifact bucket. The roles are global and their stack stands in us-east-1. */
  readonly regions: readonly string[];
  readonly onEvent?: Listener;
}

/** What to prepare in an account that another one rolls into. */
export interface MemberOptions {
  readonly target: Target;
  /** ARN of the role or user that rollouts run as, in the account that has the StackSets (see `administratorOf`). */
  readonly administrator: string;
  readonly regions: readonly string[];
}

/** A bootstrap stack and what was done to it. */
export interface BootstrapStack {
  readonly stack: string;
  readonly region: string;
  readonly action: PlainStackAction;
}

/**
 * Prepares an account for rollouts: the roles of its StackSets, and the artifact bucket of each region. Doing it again with nothing
 * changed makes no call that changes anything.
 * @throws MeridianError (exit 3) when a stack fails
 */
export async function bootstrap({ target, accounts = [], regions, onEvent }: BootstrapOptions): Promise<BootstrapStack[]> {
  const done = await deployAll(target, bootstrapTemplates, regions);
  for (const stack of done) onEvent?.({ type: 'bootstrap', ...stack });
  const others = target.kind === 'local' ? accounts.filter((account) => account !== target.account) : [];
  if (others.length === 0) return done;
  const administrator = (await target.caller()).arn;
  const prepared = await inAccounts(others, async (account) => ({ account, stacks: await bootstrapMember({ target: target.of(account), administrator, regions }) }));
  for (const { account, stacks } of prepared) for (const stack of stacks) onEvent?.({ type: 'bootstrap', account, ...stack });
  return [...done, ...prepared.flatMap(({ stacks }) => stacks)];
}

/**
 * Prepares an account that another one rolls into: the role that StackSets of that one work with, the role with which its rollouts look
 * in, and the artifact bucket of each region. The other account is prepared before it, because a role can only trust what exists.
 * @throws MeridianError (exit 2) for an administrator that is none, (exit 3) when a stack fails
 */
export async function bootstrapMember({ target, administrator, regions }: MemberOptions): Promise<BootstrapStack[]> {
  return deployAll(target, memberStacks(administrator), regions);
}

/**
 * Makes the roles that workflows of a repository on GitHub plan and roll with, after what rollouts need. The account's deployment makes the
 * identity provider that they trust.
 * @throws MeridianError (exit 3) when a stack fails
 */
export async function bootstrapGitHub(options: BootstrapOptions, trust: GitHubTrust): Promise<BootstrapStack[]> {
  return [...(await bootstrap(options)), ...(await deployAll(options.target, [githubTemplate(trust)], options.regions))];
}

function regionsFor({ scope }: BootstrapTemplate, regions: readonly string[]): readonly string[] {
  return scope === 'global' ? [globalRegion] : regions;
}

async function deployAll(target: Target, templates: readonly BootstrapTemplate[], regions: readonly string[]): Promise<BootstrapStack[]> {
  const done: BootstrapStack[] = [];
  for (const template of templates) {
    const deploy = async (region: string): Promise<BootstrapStack> => ({ stack: template.stackName, region, action: await deployPlainStack(target, region, template) });
    done.push(...(await Promise.all(regionsFor(template, regions).map(deploy))));
  }
  return done;
}
