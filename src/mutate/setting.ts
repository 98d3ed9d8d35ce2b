import type { Waiver } from '../check';
import type { BuiltEnvironment } from '../check/read-templates';

/** Text by name: deploy-time values. */
type Values = Readonly<Record<string, string>>;

/** What is mutated, and by what it is judged. Plain data, so that it can be handed to another process. */
export interface MutationSetting {
  /** Folder of built systems. */
  readonly dist: string;
  /** The folder of `rules/`, `.cfnlintrc.yaml` and the waivers. */
  readonly project: string;
  /** Folder for what the tools read; nothing in it is needed afterwards. */
  readonly store: string;
  readonly environments: readonly (BuiltEnvironment & { readonly parameters: Values })[];
  readonly waivers: readonly Waiver[];
  /** The day by which waivers expire, `YYYY-MM-DD`. */
  readonly today: string;
  /** Only these operators, by id. @default all */
  readonly operators?: readonly string[];
  /** How many places of a kind each operator is made at. @default all */
  readonly perKind?: number;
}
