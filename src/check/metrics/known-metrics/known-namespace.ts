/** How a dimension's value is checked: it is one of `values`, or names one of `resources`; with neither, any text will do. */
export interface KnownDimension {
  readonly values?: readonly string[];
  readonly resources?: readonly NamedResource[];
}

/** A resource type that a dimension names, and where the name comes from. */
export interface NamedResource {
  readonly type: string;
  /** What gives the name in another template: `Ref`, or an attribute for `Fn::GetAtt`. */
  readonly attributes: readonly string[];
  /** The properties that fix the name beforehand; `*` stands for any element of a list. */
  readonly properties?: readonly string[];
  /** Where the regions of its copies stand, which have its name: `Replicas.*.Region`. @default it has none */
  readonly copies?: string;
}

/** Metrics that are published with the same sets of dimensions. */
export interface MetricGroup {
  readonly names: readonly string[];
  /** The sets of dimension names that they are published with. */
  readonly dimensions: readonly (readonly string[])[];
  /** AWS's page, when it is another one than the namespace's. */
  readonly page?: string;
}

/** A namespace of CloudWatch as far as it was reviewed. */
export interface KnownNamespace {
  /** AWS's page that lists the metrics and dimensions. */
  readonly page: string;
  /** The only region that has the metrics, of a service that is in no region. @default each region has its own */
  readonly region?: 'us-east-1';
  readonly dimensions: Readonly<Record<string, KnownDimension>>;
  readonly metrics: readonly MetricGroup[];
}

/** A dimension whose value is not checked. */
export const anything: KnownDimension = {};
