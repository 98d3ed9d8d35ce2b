import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Judgement } from './invariant';
import { nameKey, shownName } from './name-key';
import { accountWideNames, regionalNames } from './named-types';
import type { PlacedResource } from './placed-resource';

/** A resource with a name that a template gives it. */
interface Named {
  readonly resource: PlacedResource;
  readonly property: string;
  /** Equal for what AWS takes for the same name. */
  readonly key: string;
}

function named(environment: EnvironmentResources, types: Readonly<Record<string, string>>): Named[] {
  return Object.entries(types).flatMap(([type, property]) =>
    environment.of(type).flatMap((resource) => {
      const key = nameKey(resource.at(property));
      return key === undefined ? [] : [{ resource, property, key: `${type} ${scopeOf(resource)} ${key}` }];
    }),
  );
}

/** Names of web ACLs and their parts live in two worlds. */
function scopeOf(resource: PlacedResource): string {
  const scope = resource.type.startsWith('AWS::WAFv2::') ? resource.at('Scope') : undefined;
  return typeof scope === 'string' ? scope : '';
}

function twins(all: readonly Named[], keyOf: (each: Named) => string): Map<Named, Named> {
  const first = new Map<string, Named>();
  const found = new Map<Named, Named>();
  for (const each of all) {
    const key = keyOf(each);
    const other = first.get(key);
    if (other) found.set(each, other);
    else first.set(key, each);
  }
  return found;
}

const judgeNames = (environment: EnvironmentResources, types: Readonly<Record<string, string>>, keyOf: (each: Named) => string, saidOf: (other: PlacedResource) => string): Judgement => {
  const all = named(environment, types);
  const same = twins(all, keyOf);
  return judgeEach(all, (each) => {
    const other = same.get(each)?.resource;
    if (!other) return [];
    return [{ resource: each.resource, property: each.property, what: `${saidOf(other)} has the same name`, now: `${each.property}: ${shownName(each.resource.at(each.property))}` }];
  });
};

/**
 * Two instances of one StackSet in an account, or two deployments, that give a role the same name: the second fails, or takes over the first.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs.html
 */
export const accountWideNamesDiffer: Invariant = {
  id: 'account_wide_names_differ',
  title: 'No two resources of an account have the same name where the account has one of a kind, whatever their region',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CM-6', 'SOC 2 CC8.1'],
  requirements: ['KSH-02'],
  fix: "Take the name from t.resourceName() with the scope 'account', or 'world' for buckets, which add the region",
  judge: (environment) => judgeNames(environment, accountWideNames, ({ key }) => key, ({ deployment, logicalId, region }) => `${logicalId} of ${deployment} in ${region}`),
};

/** Names that a region has once. */
export const regionalNamesDiffer: Invariant = {
  id: 'names_differ_within_a_region',
  title: 'No two resources of a region have the same name, whichever deployment they are in',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CM-6', 'SOC 2 CC8.1'],
  requirements: [],
  fix: 'Give t.resourceName() another word for one of them',
  judge: (environment) => judgeNames(environment, regionalNames, ({ key, resource }) => `${resource.region} ${key}`, ({ deployment, logicalId }) => `${logicalId} of ${deployment}`),
};
