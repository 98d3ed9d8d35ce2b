import { textParts } from '../../resolve/text';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { nameKey } from './name-key';
import type { PlacedResource } from './placed-resource';

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html */
export const passwordRotation: Invariant = {
  id: 'passwords_and_databases_know_each_other',
  title: 'The secret that a database takes its password from is attached to it, and Secrets Manager may call the function that rotates it',
  severity: 'HIGH',
  controls: ['PCI DSS 4.0.1 8.6.3', 'NIST 800-53 r5 IA-5', 'SOC 2 CC6.1'],
  requirements: ['KSH-82', 'KSH-87'],
  fix: 'Make secret, attachment and rotation together by mysqlPassword() and passwordRotation()',
  judge: (environment) => {
    const databases = environment.of('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster').flatMap((database) => {
      const secret = secretOf(environment, database);
      return secret ? [{ database, secret }] : [];
    });
    const schedules = environment.of('AWS::SecretsManager::RotationSchedule');
    return judgeEach([...databases, ...schedules], (each) => ('secret' in each ? unattached(environment, each) : unreachable(environment, each)));
  },
};

/** The secret that a dynamic reference in the password names, by its ARN or by its name. */
function secretOf(environment: EnvironmentResources, database: PlacedResource): PlacedResource | undefined {
  const password = database.at('MasterUserPassword');
  const [start] = password === undefined ? [] : (textParts(password) ?? []);
  if (typeof start !== 'string' || !start.startsWith('{{resolve:secretsmanager:')) return undefined;
  const named = /^\{\{resolve:secretsmanager:([^:{}]+)/.exec(start)?.[1];
  return environment.of('AWS::SecretsManager::Secret').find((secret) => environment.targets(password).includes(secret) || (named !== undefined && nameKey(secret.at('Name')) === named));
}

function unattached(environment: EnvironmentResources, { database, secret }: { database: PlacedResource; secret: PlacedResource }): Violation[] {
  const attachments = environment.of('AWS::SecretsManager::SecretTargetAttachment');
  const attached = attachments.some((each) => environment.target(each.at('SecretId')) === secret || (typeof each.at('SecretId') === 'object' && !environment.target(each.at('SecretId'))));
  return attached ? [] : [{ resource: database, property: 'MasterUserPassword', what: 'The secret of the password does not know its database, so that clients and rotation fail', now: `no SecretTargetAttachment names ${secret.logicalId}` }];
}

function unreachable(environment: EnvironmentResources, schedule: PlacedResource): Violation[] {
  const rotating = environment.target(schedule.at('RotationLambdaARN'));
  if (rotating?.type !== 'AWS::Lambda::Function') return [];
  const permissions = environment.of('AWS::Lambda::Permission').filter((each) => environment.target(each.at('FunctionName')) === rotating);
  if (permissions.some((each) => each.at('Principal') === 'secretsmanager.amazonaws.com' || typeof each.at('Principal') === 'object')) return [];
  return [{ resource: rotating, what: 'Secrets Manager may not call the function that rotates', now: 'no Lambda::Permission for secretsmanager.amazonaws.com', fix: 'Let passwordRotation() make the function, which adds the permission' }];
}
