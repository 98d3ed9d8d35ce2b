import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';
import { servicesAllowed, statementsOf } from './policy-statements';

/** A resource under a key, and the services that must be allowed to use the key for it, one of them at least. */
interface KeyUse {
  readonly resource: PlacedResource;
  readonly property: string;
  readonly services: readonly string[];
}

/**
 * Services that use a key in their own name, not in the caller's: without them in the key's policy they fail, some of them silently.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const keyPolicies: Invariant = {
  id: 'keys_let_services_use_them',
  title: 'A key lets the services use it that encrypt with it in their own name',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 SC-12', 'NIST 800-53 r5 SC-28', 'SOC 2 CC6.1', 'MAS TRM 2021 10.2'],
  requirements: ['KSH-88'],
  fix: 'Name the service in the services of key()',
  judge: (environment) => {
    const keyed = usesOf(environment).flatMap((use) => {
      const key = keyOf(environment, use);
      return key ? [{ ...use, key }] : [];
    });
    return judgeEach(keyed, ({ resource, property, services, key }) => {
      const allowed = statementsOf(key.at('KeyPolicy'))?.map(servicesAllowed);
      if (!allowed || allowed.some((each) => !each || services.some((service) => each.includes(service)))) return [];
      return [{ resource, property, what: `The policy of its key does not let ${services[0]} use it`, now: `${key.logicalId} allows ${[...new Set(allowed.flat())].join(', ') || 'no service'}` }];
    });
  },
};

function usesOf(environment: EnvironmentResources): KeyUse[] {
  const alarmed = new Set(environment.of('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) => alarm.all('AlarmActions.*').map((action) => environment.target(action))));
  return [
    ...environment.of('AWS::Logs::LogGroup').map((resource) => ({ resource, property: 'KmsKeyId', services: [`logs.${resource.region}.amazonaws.com`, 'logs.amazonaws.com'] })),
    ...environment.of('AWS::SNS::Topic').filter((topic) => alarmed.has(topic)).map((resource) => ({ resource, property: 'KmsMasterKeyId', services: ['cloudwatch.amazonaws.com'] })),
    ...environment.of('AWS::CloudTrail::Trail').map((resource) => ({ resource, property: 'KMSKeyId', services: ['cloudtrail.amazonaws.com'] })),
  ];
}

/** The key itself, or the one behind an alias. */
function keyOf(environment: EnvironmentResources, { resource, property }: KeyUse): PlacedResource | undefined {
  const target = environment.target(resource.at(property));
  if (target?.type === 'AWS::KMS::Alias') return environment.target(target.at('TargetKeyId'));
  return target?.type === 'AWS::KMS::Key' ? target : undefined;
}
