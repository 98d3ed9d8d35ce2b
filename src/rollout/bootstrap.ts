import { bootstrapTemplates, type BootstrapTemplate } from '../../templates/bootstrap';
import { deployPlainStack, type PlainStackAction } from './plain-stack';
import type { Listener } from './progress';
import { globalRegion, type Target } from './target';

/** What to prepare for rollouts. */
export interface BootstrapOptions {
  readonly target: Target;
  /** Regions that get an artifact bucket. The roles are global and their stack stands in us-east-1. */
  readonly regions: readonly string[];
  readonly onEvent?: Listener;
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
export async function bootstrap({ target, regions, onEvent }: BootstrapOptions): Promise<BootstrapStack[]> {
  const done: BootstrapStack[] = [];
  for (const template of bootstrapTemplates) {
    const stacks = await Promise.all(regionsFor(template, regions).map((region) => deploy(target, region, template)));
    for (const stack of stacks) onEvent?.({ type: 'bootstrap', ...stack });
    done.push(...stacks);
  }
  return done;
}

function regionsFor({ scope }: BootstrapTemplate, regions: readonly string[]): readonly string[] {
  return scope === 'global' ? [globalRegion] : regions;
}

async function deploy(target: Target, region: string, template: BootstrapTemplate): Promise<BootstrapStack> {
  return { stack: template.stackName, region, action: await deployPlainStack(target, region, template) };
}
