import { visitLeaves } from '../../resolve/value';
import { Unknown, type Value } from '../../resolve';
import { valueOf } from '../value-path';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { nameKey, shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

const fix = 'Set replicas of secret() to the other regions, each with the key that stands there';

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html */
export const secretReplicas: Invariant = {
  id: 'secrets_stand_where_they_are_read',
  title: 'A secret is in every region that reads it, as a replica under a key of that region',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-6', 'NIST 800-53 r5 SC-12', 'SOC 2 A1.2', 'MAS TRM 2021 8.2'],
  requirements: ['KSH-82', 'KSH-02'],
  fix,
  judge: (environment) => {
    const readers = readersOf(environment);
    return judgeEach(environment.of('AWS::SecretsManager::Secret'), (secret) => [...missing(environment, secret, readers.get(secret) ?? new Map()), ...secret.all('ReplicaRegions.*').flatMap((replica) => badReplica(environment, secret, replica))]);
  },
};

/** Regions without the secret: those of its deployment where it does not stand itself, and those of whoever reads it. */
function missing(environment: EnvironmentResources, secret: PlacedResource, readers: ReadonlyMap<string, PlacedResource>): Violation[] {
  if (secret.all('ReplicaRegions').some((replicas) => replicas instanceof Unknown)) return [];
  const replicated = secret.all('ReplicaRegions.*.Region');
  if (replicated.some((region) => typeof region !== 'string')) return [];
  const twins = environment.of(secret.type).filter(({ deployment, resource }) => deployment === secret.deployment && resource.id === secret.resource.id);
  const has = new Set<Value>([secret.region, ...twins.map(({ region }) => region), ...replicated]);
  return [...new Set([...environment.regionsOf(secret), ...readers.keys()])]
    .filter((region) => !has.has(region))
    .map((region) => {
      const reader = readers.get(region);
      const why = reader ? `${reader.type} ${reader.logicalId} reads it there` : 'its deployment stands there too';
      return { resource: secret, property: 'ReplicaRegions', what: `The secret is not in ${region}, and ${why}`, now: `ReplicaRegions: ${replicated.join(', ') || '(absent)'}` };
    });
}

/** Who reads each secret from another region, by that region: through its ARN or by its name in a dynamic reference. */
function readersOf(environment: EnvironmentResources): Map<PlacedResource, Map<string, PlacedResource>> {
  const secrets = environment.of('AWS::SecretsManager::Secret');
  const byName = new Map(secrets.flatMap((secret) => (typeof secret.at('Name') === 'string' ? [[secret.at('Name') as string, secret] as const] : [])));
  const readers = new Map<PlacedResource, Map<string, PlacedResource>>();
  const add = (secret: PlacedResource | undefined, reader: PlacedResource): void => {
    if (!secret || secret.region === reader.region) return;
    const known = readers.get(secret) ?? new Map<string, PlacedResource>();
    readers.set(secret, known.set(reader.region, known.get(reader.region) ?? reader));
  };
  for (const reader of environment.all()) {
    visitLeaves(reader.resource.properties, (leaf) => {
      if (typeof leaf === 'string') for (const [, name = ''] of leaf.matchAll(/\{\{resolve:secretsmanager:([^:{}]+)/g)) add(byName.get(name), reader);
      else if (leaf instanceof Unknown) for (const target of environment.targets(leaf)) if (target.type === 'AWS::SecretsManager::Secret') add(target, reader);
    });
  }
  return readers;
}

/** A replica under AWS's own key although the secret has one of ours, or under a key that another region holds. */
function badReplica(environment: EnvironmentResources, secret: PlacedResource, replica: Value): Violation[] {
  const [region, key] = [valueOf(replica, 'Region'), valueOf(replica, 'KmsKeyId')];
  if (typeof region !== 'string') return [];
  const property = 'ReplicaRegions';
  if (key === undefined) return secret.at('KmsKeyId') === undefined ? [] : [{ resource: secret, property, what: `The replica in ${region} is encrypted under AWS's key, the secret under one of ours`, now: 'KmsKeyId: (absent)' }];
  const target = environment.target(key);
  if (target && target.region !== region) return [{ resource: secret, property, what: `The replica in ${region} names a key of ${target.region}`, now: `KmsKeyId of ${target.logicalId}` }];
  const name = nameKey(key);
  if (target || name === undefined || !name.startsWith('alias/') || name.startsWith('alias/aws/')) return [];
  const aliases = environment.of('AWS::KMS::Alias').filter((alias) => alias.region === region).map((alias) => nameKey(alias.at('AliasName')));
  if (aliases.includes(undefined) || aliases.includes(name) || aliases.length === 0) return [];
  return [{ resource: secret, property, what: `The replica in ${region} names a key that does not stand there`, now: `KmsKeyId: ${shownName(key)}` }];
}
