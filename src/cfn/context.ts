import type { TemplateInstance } from './template-instance';

/** The two regions of a system: the secondary takes over when the primary is lost. */
export interface RegionPair {
  readonly primary: string;
  readonly secondary: string;
}

/** The tags that every taggable resource carries. */
export interface RequiredTags {
  readonly CostCenter: string;
  readonly Environment: string;
  readonly Compliance: string;
  readonly System: string;
}

/** What is the same for all templates of one system in one environment. */
export interface BuildContext<Settings = unknown> {
  readonly system: string;
  readonly environment: string;
  /** The environment's short form in names: at most four letters (`prod`), because load balancer names end at 32 characters. */
  readonly shortEnvironment: string;
  /** Name pattern with `{system}`, `{resource}`, `{environment}` and `{suffix}`. */
  readonly namePattern: string;
  readonly regions: RegionPair;
  readonly settings: Settings;
  readonly tags: RequiredTags;
  /** Whether taggable resources without a name carry a `Name` tag. @default false */
  readonly nameTags?: boolean;
  /** Whether roles carry the permissions boundary. Not while bootstrap makes it. */
  readonly bounded: boolean;
  /** Templates already built in the current deployment, so that nesting one twice emits one file. */
  readonly instances: Map<object, TemplateInstance>;
}
