import { leavesOf, Unknown, type Value } from '../../resolve';
import type { ResolvedEnvironment } from '../subject';
import { PlacedResource } from './placed-resource';

/** Types that keep a system's data. */
export const dataTypes = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'] as const;

/** A resource that a template has and an environment has not, because a condition leaves it out for the parameters that are given here. */
export interface WithheldResource {
  /** Where it would stand: `platform us-east-1 Compute/Access`. */
  readonly place: string;
  /** As the template has them. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Everything that an environment has, in all its deployments and regions, and what its values lead to. */
export class EnvironmentResources {
  readonly system: string;
  readonly environment: string;
  /** The environment in names, `prod`; undefined for what was not built here. */
  readonly shortEnvironment: string | undefined;
  private readonly byType = new Map<string, PlacedResource[]>();
  private readonly byId = new Map<string, PlacedResource>();
  private readonly regionsOfDeployments = new Map<string, Set<string>>();

  private readonly instances: ResolvedEnvironment['instances'];

  constructor({ system, environment, shortEnvironment, instances }: ResolvedEnvironment) {
    this.instances = instances;
    this.system = system;
    this.environment = environment;
    this.shortEnvironment = shortEnvironment;
    for (const { deployment, region, instance } of instances) {
      this.regionsOfDeployments.set(deployment, (this.regionsOfDeployments.get(deployment) ?? new Set()).add(region));
      for (const resource of instance.resources()) {
        const placed = new PlacedResource(deployment, region, instance.id, resource);
        this.byId.set(`${instance.id} ${resource.id}`, placed);
        const same = this.byType.get(resource.type);
        if (same) same.push(placed);
        else this.byType.set(resource.type, [placed]);
      }
    }
  }

  /** Whether the environment is one whose loss hurts: `production`, or a variant of it. */
  get isProduction(): boolean {
    return this.environment.startsWith('production');
  }

  /** The resources of some types, in the order of deployment. */
  of(...types: readonly string[]): PlacedResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources of a type that somebody’s parameters would bring. */
  withheld(type: string): WithheldResource[] {
    return this.instances.flatMap(({ deployment, region, instance }) =>
      [...instance.stacks.values()].flatMap(({ path, template, resources }) =>
        Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type, Properties = {} }]) =>
          Type === type && !resources.has(logicalId) ? [{ place: `${deployment} ${region} ${path === '' ? logicalId : `${path}/${logicalId}`}`, properties: Properties }] : [],
        ),
      ),
    );
  }

  /** All resources. */
  all(): PlacedResource[] {
    return [...this.byId.values()];
  }

  /** The regions of the deployment that holds a resource, sorted. */
  regionsOf({ deployment }: PlacedResource): string[] {
    return [...(this.regionsOfDeployments.get(deployment) ?? [])].sort();
  }

  /** The regions that hold databases or tables, sorted: those between which writing can move. */
  dataRegions(): string[] {
    return [...new Set(this.of(...dataTypes).map(({ region }) => region))].sort();
  }

  /** The resource whose id or attribute a value is; undefined for literals and for what is only part of it. */
  target(value: Value | undefined): PlacedResource | undefined {
    return value instanceof Unknown ? this.placed(value) : undefined;
  }

  /** The resources that a value is made of, however deep. */
  targets(value: Value | undefined): PlacedResource[] {
    return value === undefined ? [] : leavesOf(value).flatMap((leaf) => this.placed(leaf) ?? []);
  }

  private placed({ origin }: Unknown): PlacedResource | undefined {
    if (origin.kind !== 'resource') return undefined;
    return this.byId.get(`${origin.instance} ${origin.stack === '' ? '' : `${origin.stack}/`}${origin.logicalId}`);
  }
}
