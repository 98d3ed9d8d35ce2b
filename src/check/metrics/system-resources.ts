import { Unknown, type ResolvedResource, type Value, type ValueObject } from '../../resolve';
import type { ResolvedEnvironment } from '../subject';
import type { NamedResource } from './known-metrics';

/** A resource of a system, in a region. */
interface StandingResource {
  readonly region: string;
  readonly resource: ResolvedResource;
}

/** A metric that a filter makes of log events. */
export interface WrittenMetric {
  readonly namespace: Value;
  readonly name: Value;
  readonly dimensions: readonly string[];
}

/** What a system has in its regions, as dimensions name it: by type, and the metrics that it writes itself. */
export class SystemResources {
  private readonly byType = new Map<string, StandingResource[]>();
  private readonly regionOf = new Map<string, string>();

  constructor({ instances }: ResolvedEnvironment) {
    for (const { region, instance } of instances) {
      this.regionOf.set(instance.id, region);
      for (const resource of instance.resources()) {
        const list = this.byType.get(resource.type);
        if (list) list.push({ region, resource });
        else this.byType.set(resource.type, [{ region, resource }]);
      }
    }
  }

  /** The region of an instance of this system, or undefined when it is another's. */
  regionOfInstance(id: string): string | undefined {
    return this.regionOf.get(id);
  }

  /**
   * Whether a property of some resource of a type fixes this very name.
   * @param region where the resource stands; undefined for types that are in no region
   */
  hasNamed(named: NamedResource, name: Value, region: string | undefined): boolean {
    const { properties = [] } = named;
    const wanted = JSON.stringify(name);
    return this.named(named, region).some(({ resource }) => properties.some((path) => valuesAt(resource.properties, path.split('.')).some((value) => JSON.stringify(value) === wanted)));
  }

  /** The names that resources of a type have by their properties, where they are known. */
  namesOf(named: NamedResource, region: string | undefined): string[] {
    const { properties = [] } = named;
    const values = this.named(named, region).flatMap(({ resource }) => properties.flatMap((path) => valuesAt(resource.properties, path.split('.'))));
    return [...new Set(values.filter((value): value is string => typeof value === 'string'))].sort();
  }

  /** The metrics that metric filters write in a region. */
  written(region: string): WrittenMetric[] {
    return this.standing('AWS::Logs::MetricFilter', region).flatMap(({ resource }) =>
      valuesAt(resource.properties, ['MetricTransformations', '*']).flatMap((transformation): WrittenMetric[] => {
        const [namespace, name] = [valuesAt(transformation, ['MetricNamespace'])[0], valuesAt(transformation, ['MetricName'])[0]];
        if (namespace === undefined || name === undefined) return [];
        return [{ namespace, name, dimensions: valuesAt(transformation, ['Dimensions', '*', 'Key']).map(String).sort() }];
      }),
    );
  }

  /**
   * Whether a role of a region may publish metrics to a namespace: what the code that has it publishes there, no template says.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
   */
  publishes(region: string, namespace: Value): boolean {
    const wanted = JSON.stringify(namespace);
    const conditions = ['Policies', '*', 'PolicyDocument', 'Statement', '*', 'Condition', 'StringEquals', 'cloudwatch:namespace'];
    return this.standing('AWS::IAM::Role', region).some(({ resource }) => valuesAt(resource.properties, conditions).some((value) => JSON.stringify(value) === wanted));
  }

  /** The resources that a dimension may name in a region: those that stand there, and those of which a copy does. */
  private named({ type, copies }: NamedResource, region: string | undefined): StandingResource[] {
    if (copies === undefined || region === undefined) return this.standing(type, region);
    return this.standing(type, undefined).filter((each) => each.region === region || valuesAt(each.resource.properties, copies.split('.')).includes(region));
  }

  private standing(type: string, region: string | undefined): StandingResource[] {
    return (this.byType.get(type) ?? []).filter((each) => region === undefined || each.region === region);
  }
}

/** The values at a path in which `*` stands for any element of a list. */
function valuesAt(value: Value | undefined, [key, ...rest]: readonly string[]): Value[] {
  if (value === undefined) return [];
  if (key === undefined) return [value];
  if (typeof value !== 'object' || value === null || value instanceof Unknown) return [];
  if (key === '*') return Array.isArray(value) ? (value as readonly Value[]).flatMap((element) => valuesAt(element, rest)) : [];
  return valuesAt((value as ValueObject)[key], rest);
}
