import { expect } from 'chai';
import { resolveInstance, wiresOf, type ResolvedDeployment, type Template, type Value } from '../../../src/resolve';
import { EnvironmentResources } from '../../../src/check/invariants/environment-resources';
import type { Invariant, Violation } from '../../../src/check/invariants/invariant';

/** Resources by logical id: the type, and its properties. One with the condition `Never` is left out. */
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Condition?: 'Never'; readonly Properties?: Readonly<Record<string, unknown>> }>>;

/** Deployments in the order in which they are made: each with the resources of its root in each of its regions. */
export type SmallSystem = Readonly<Record<string, Readonly<Record<string, Resources>>>>;

/** Which system and environment it is. */
export interface SmallSystemOptions {
  readonly system?: string;
  readonly environment?: string;
  readonly shortEnvironment?: string;
  /** Parameters that the roots declare without a value, so that deployment decides. */
  readonly unknown?: readonly string[];
}

/** The resources of a small system. `{ Ref: '/name' }` reads what an `AWS::SSM::Parameter` of an earlier deployment publishes. */
export function smallSystem(deployments: SmallSystem, { system = 'shop', environment = 'production', shortEnvironment, unknown = [] }: SmallSystemOptions = {}): EnvironmentResources {
  const wires = new Map<string, Record<string, Value>>();
  const instances = Object.entries(deployments).flatMap(([deployment, regions]) =>
    Object.entries(regions).map(([region, resources]): ResolvedDeployment => {
      const published = wires.get(region) ?? {};
      const declared = Object.fromEntries([...unknown.map((name) => [name, { Type: 'String' }] as const), ...Object.keys(published).map((name) => [wireParameter(name), { Type: 'AWS::SSM::Parameter::Value<String>', Default: name }] as const)]);
      const root: Template = { Parameters: declared, Conditions: { Never: { 'Fn::Equals': ['one', 'other'] } }, Resources: JSON.parse(JSON.stringify(resources).replace(/"Ref":"(\/[^"]+)"/g, (_, name: string) => `"Ref":"${wireParameter(name)}"`)) as Resources };
      const instance = resolveInstance({ root, region, id: `${system}/${environment}/${deployment}/${region}`, wires: published });
      wires.set(region, { ...published, ...wiresOf(instance) });
      return { deployment, region, instance };
    }),
  );
  return new EnvironmentResources({ system, environment, shortEnvironment, instances, templates: new Map() });
}

function wireParameter(name: string): string {
  return `Wire${name.replace(/\W/g, '')}`;
}

/** What an invariant says of a small system: that it does not apply, or its violations as `Alarms us-east-1: No alarm …`. */
function verdictOf(invariant: Invariant, deployments: SmallSystem, options?: SmallSystemOptions): string | string[] {
  const judgement = invariant.judge(smallSystem(deployments, options));
  return judgement === 'did-not-apply' ? judgement : judgement.map(inWords);
}

function inWords({ resource, what }: Violation): string {
  return resource ? `${resource.logicalId} ${resource.region}: ${what}` : what;
}

/** A case of an invariant's test. */
export interface Case {
  readonly name: string;
  readonly system: SmallSystem;
  readonly options?: SmallSystemOptions;
  readonly verdict: string | readonly string[];
}

/** A resource without much ado. */
export function resource(Type: string, Properties: Readonly<Record<string, unknown>> = {}): Resources[string] {
  return { Type, Properties };
}

/** `Ref` and `Fn::GetAtt`. */
export const ref = (logicalId: string): object => ({ Ref: logicalId });
export const att = (logicalId: string, attribute = 'Arn'): object => ({ 'Fn::GetAtt': [logicalId, attribute] });

/** One test for each case of an invariant. */
export function itJudges(invariant: Invariant, cases: readonly Case[]): void {
  for (const { name, system, options, verdict } of cases) it(name, () => expect(verdictOf(invariant, system, options)).to.deep.equal(verdict));
}
