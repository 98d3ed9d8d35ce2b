import type { Value } from '../../resolve';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { nameKey, shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

/** Where something writes its log: the name or ARN of a group, and whether it must be named beforehand. */
interface LogUse {
  readonly resource: PlacedResource;
  readonly property?: string;
  readonly group: Value;
}

/**
 * A group that nobody makes is made by the service itself: without end, without key and without an owner.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
 */
export const logGroups: Invariant = {
  id: 'logs_go_to_groups_of_the_templates',
  title: 'Every log goes to a log group that the templates make, of its region',
  severity: 'MEDIUM',
  controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-11', 'NIST 800-53 r5 AU-12', 'SOC 2 CC7.2'],
  requirements: ['KSH-108', 'KSH-109', 'KSH-110'],
  fix: 'Make the group by logGroup() before what writes to it, and name it there',
  ofCatalogue: true,
  judge: (environment) => judgeEach(usesOf(environment), (use) => problems(environment, use)),
};

function usesOf(environment: EnvironmentResources): LogUse[] {
  const written = (types: readonly string[], property: string): LogUse[] => environment.of(...types).flatMap((resource) => resource.all(property).map((group) => ({ resource, property, group })));
  return [
    ...written(['AWS::EC2::FlowLog'], 'LogGroupName'),
    ...environment.of('AWS::ECS::TaskDefinition').flatMap((resource) => resource.all('ContainerDefinitions.*.LogConfiguration.Options.awslogs-group').map((group) => ({ resource, property: 'ContainerDefinitions', group }))),
    ...environment.of('AWS::Lambda::Function').flatMap((resource) => functionGroup(resource)),
    ...environment.of('AWS::RDS::DBInstance').flatMap((resource) => databaseGroups(resource)),
  ];
}

/** The group that a function names, or the one of its own name. */
function functionGroup(resource: PlacedResource): LogUse[] {
  const named = resource.at('LoggingConfig.LogGroup');
  const name = resource.at('FunctionName');
  if (named !== undefined) return [{ resource, property: 'LoggingConfig.LogGroup', group: named }];
  return typeof name === 'string' ? [{ resource, group: `/aws/lambda/${name}` }] : [];
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html */
function databaseGroups(resource: PlacedResource): LogUse[] {
  const name = resource.at('DBInstanceIdentifier');
  if (typeof name !== 'string' || resource.at('DBClusterIdentifier') !== undefined) return [];
  return resource.all('EnableCloudwatchLogsExports.*').flatMap((log) => (typeof log === 'string' ? [{ resource, property: 'EnableCloudwatchLogsExports', group: `/aws/rds/instance/${name}/${log}` }] : []));
}

function problems(environment: EnvironmentResources, { resource, property, group }: LogUse): Violation[] {
  const groups = environment.of('AWS::Logs::LogGroup').filter(({ region }) => region === resource.region);
  const key = nameKey(group);
  const found = environment.target(group) ?? groups.find((each) => key !== undefined && nameKey(each.at('LogGroupName')) === key);
  if (found || typeof group !== 'string') return [];
  return [{ resource, property, what: 'It writes to a log group that no template makes', now: `log group ${shownName(group)}` }];
}
