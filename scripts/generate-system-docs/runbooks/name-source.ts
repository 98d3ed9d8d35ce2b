/** A name that a runbook uses: the shell variable, and where in the templates it is read from. */
export interface NameSource {
  readonly variable: string;
  readonly deployment: string;
  /** @default the primary region, or the only one in which the deployment stands */
  readonly in?: 'secondary';
  readonly resource: string;
  /** @default the tag `Name`: the only name that a VPC and a subnet have */
  readonly property?: string;
}

/** The names of each runbook of a system, by the runbook's file. */
export type RunbookNames = Readonly<Record<string, readonly NameSource[]>>;
