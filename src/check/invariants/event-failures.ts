import { isKnown, Unknown, type Value } from '../../resolve';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/**
 * EventBridge invokes a function asynchronously: its part is done, and the dead-letter queue of the rule's target out of the matter, once
 * Lambda has the event. What the function then fails on, Lambda tries three times and throws away, unless the function says where to.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const eventFailures: Invariant = {
  id: 'events_are_not_lost',
  title: 'A function that an EventBridge rule invokes keeps the events that it failed on',
  severity: 'MEDIUM',
  controls: ['NIST 800-53 r5 SI-13', 'SOC 2 A1.2', 'SOC 2 CC7.2', 'MAS TRM 2021 8.1'],
  requirements: [],
  fix: 'Make function and rules together by eventFunction(), or set DeadLetterConfig of the function or OnFailure of its EventInvokeConfig',
  ofCatalogue: true,
  judge: (environment) => {
    const functions = environment.of('AWS::Lambda::Function');
    const invoked = new Set(environment.of('AWS::Events::Rule').flatMap((rule) => rule.all('Targets.*.Arn')).flatMap((target) => functionOf(environment, target) ?? []));
    return judgeEach(functions.filter((each) => invoked.has(each)), (each) =>
      keepsFailures(environment, each) ? [] : [{ resource: each, property: 'DeadLetterConfig', what: 'Events that the function failed on three times are lost', now: 'neither DeadLetterConfig nor an OnFailure destination' }],
    );
  },
};

/** The function that a target is, also behind one of its versions or aliases. */
function functionOf(environment: EnvironmentResources, value: Value | undefined): PlacedResource | undefined {
  const target = environment.target(value);
  return target?.type === 'AWS::Lambda::Alias' || target?.type === 'AWS::Lambda::Version' ? environment.target(target.at('FunctionName')) : target;
}

function keepsFailures(environment: EnvironmentResources, invoked: PlacedResource): boolean {
  if (isSet(invoked, 'DeadLetterConfig', 'TargetArn')) return true;
  const configs = environment.of('AWS::Lambda::EventInvokeConfig').filter(({ region }) => region === invoked.region);
  return configs.some((config) => mayBeOf(environment, config, invoked) && isSet(config, 'DestinationConfig', 'OnFailure', 'Destination'));
}

/** By reference, by name, or by what only deployment knows. */
function mayBeOf(environment: EnvironmentResources, config: PlacedResource, invoked: PlacedResource): boolean {
  const named = config.at('FunctionName');
  const name = invoked.at('FunctionName');
  const targets = environment.targets(named);
  if (named === undefined || targets.length > 0) return targets.includes(invoked);
  return !isKnown(named) || (name !== undefined && !isKnown(name)) || named === name;
}

/** Whether a value stands at the end of some keys, or may: deployment decides what is inside an unknown. */
function isSet(resource: PlacedResource, ...keys: readonly string[]): boolean {
  const values = keys.map((_, index) => resource.at(keys.slice(0, index + 1).join('.')));
  return values.some((value) => value instanceof Unknown) || !['', undefined].includes(values.at(-1) as string | undefined);
}
