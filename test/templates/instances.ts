import type { ResolvedInstance } from '../../src/resolve';
import { requirement } from '../requirements/requirement';
import { resourceOf } from './built-system';
import { plain } from './plain';

type Row = Readonly<Record<string, any>>;

/** One instance of a template, as assertions ask it. */
export interface TestedInstance<EnvironmentName extends string> {
  readonly environment: EnvironmentName;
  readonly region: 'us-east-1' | 'ap-southeast-1';
  readonly stack: ResolvedInstance;
  /** Some properties of a resource, written down whole: all of them when none is named. */
  readonly of: (id: string, ...keys: readonly string[]) => unknown;
  /** An ARN in the instance's region and account. */
  readonly arn: (service: string, resource: string) => string;
  /** The name that a part has in this environment. */
  readonly named: (part: string) => string;
}

/** A system's template in all its environments and both regions. */
interface TestedTemplate<EnvironmentName extends string> {
  readonly environments: readonly EnvironmentName[];
  readonly account: string;
  readonly instance: (environment: EnvironmentName, region: string) => ResolvedInstance;
  readonly named: (part: string, environment: EnvironmentName) => string;
}

/** Asserts something of every environment's template in each of its regions. */
export function everywhereOf<EnvironmentName extends string>({ environments, account, instance, named }: TestedTemplate<EnvironmentName>) {
  const tested = (environment: EnvironmentName, region: TestedInstance<EnvironmentName>['region']): TestedInstance<EnvironmentName> => {
    const stack = instance(environment, region);
    const of = (id: string, ...keys: readonly string[]): unknown => {
      const properties: Row = resourceOf(stack, id).properties;
      return plain(keys.length ? Object.fromEntries(keys.map((key) => [key, properties[key] as unknown])) : properties);
    };
    return { environment, region, stack, of, arn: (service, resource) => `arn:aws:${service}:${region}:${account}:${resource}`, named: (part) => named(part, environment) };
  };
  return (ids: string, title: string, holds: (instance: TestedInstance<EnvironmentName>) => void): void => {
    for (const environment of environments) {
      for (const region of ['us-east-1', 'ap-southeast-1'] as const) requirement(ids, `${title}: ${environment} in ${region}`, () => holds(tested(environment, region)));
    }
  };
}

/** The policies of a role that has these rights and no others. */
export function rights(...Statement: readonly object[]): unknown {
  return { Policies: Statement.length ? [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }] : undefined, ManagedPolicyArns: undefined };
}

/** The policies that a role has. */
export const rightsOf = ({ of }: Pick<TestedInstance<string>, 'of'>, role: string): unknown => of(role, 'Policies', 'ManagedPolicyArns');
