import { loadTemplates, resolveInstance, type ResolvedInstance } from '../../resolve';
import { accountsOfNode } from '../accounts/accounts';
import { rootName } from '../build';
import type { RolloutNode } from '../nodes';
import { plannedParameters } from '../plan/planned-parameters';
import { Published } from '../plan/published';
import type { Survey } from '../survey';
import type { Target } from '../target';

/** A stack that a rollout is about to make. */
export interface NewStack {
  /** The account that it will stand in. */
  readonly target: Target;
  readonly node: RolloutNode;
}

/**
 * The stacks that a rollout makes: of each node in each of its accounts, where there is no instance. One that is there without a stack may be
 * in the making by an operation that a killed rollout left, and what it made so far is no foreigner's.
 */
export function newStacks(target: Target, nodes: readonly RolloutNode[], states: Survey): NewStack[] {
  return nodes.flatMap((node) =>
    accountsOfNode(target, node)
      .filter((account) => states.get(node.stackSet)?.instances.get(account, node.region) === undefined)
      .map((account) => ({ target: target.of(account), node })),
  );
}

/** What a new stack will consist of, as far as it is known before anything stands. */
export function resolveNew({ target, node }: NewStack): ResolvedInstance {
  const { build, definition, region, id } = node;
  const templates = loadTemplates(build.dist, build.manifest, definition);
  const file = definition.templates[rootName]!.file;
  const { given, wires } = plannedParameters(node, new Published());
  return resolveInstance({ id, root: templates[file]!, templates, file, region, accountId: target.account, parameters: given, wires });
}

/** The resource types of a new stack's templates. */
export function typesOf({ node: { build, definition } }: NewStack): string[] {
  const templates = Object.keys(definition.templates).map((name) => build.template(definition, name));
  return [...new Set(templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)))].sort();
}
