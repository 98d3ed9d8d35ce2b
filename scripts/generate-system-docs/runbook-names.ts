import { defaultSuffix } from '../../src/cfn/wires';
import { MeridianError } from '../../src/errors';
import type { ResolvedDeployment } from '../../src/resolve';
import type { ResolvedEnvironment } from './environment';

/** A name that a runbook uses: the shell variable, and where in the templates it is read from. */
interface NameSource {
  readonly variable: string;
  readonly deployment: string;
  /** @default the primary region */
  readonly in?: 'secondary';
  readonly resource: string;
  /** @default the tag `Name`: the only name that a VPC and a subnet have */
  readonly property?: string;
}

const database: NameSource = { variable: 'DATABASE', deployment: 'platform', resource: 'Data/Primary', property: 'DBInstanceIdentifier' };
const replica: NameSource = { variable: 'REPLICA', deployment: 'platform', resource: 'Data/ReadReplica', property: 'DBInstanceIdentifier' };
const standby: NameSource = { variable: 'STANDBY', deployment: 'platform', in: 'secondary', resource: 'Data/StandbyReplica', property: 'DBInstanceIdentifier' };
const subnets: NameSource = { variable: 'SUBNETS', deployment: 'platform', resource: 'Data/SubnetGroup', property: 'DBSubnetGroupName' };
const parameters: NameSource = { variable: 'PARAMETERS', deployment: 'platform', resource: 'Data/ParameterGroup', property: 'DBParameterGroupName' };
const proxy: NameSource = { variable: 'PROXY', deployment: 'platform', resource: 'Data/Proxy', property: 'DBProxyName' };
const loadBalancer: NameSource = { variable: 'LOAD_BALANCER', deployment: 'platform', resource: 'Compute/LoadBalancer', property: 'Name' };
const planName: NameSource = { variable: 'PLAN_NAME', deployment: 'edge', resource: 'EdgeDns/RegionSwitch', property: 'Name' };
const secret: NameSource = { variable: 'SECRET', deployment: 'foundation', resource: 'Security/DatabaseSecret', property: 'Name' };
const defaultKey: NameSource = { variable: 'DEFAULT_KEY', deployment: 'foundation', resource: 'Security/DefaultKeyAlias', property: 'AliasName' };
const databaseKey: NameSource = { variable: 'KEY', deployment: 'foundation', resource: 'Security/DatabaseKeyAlias', property: 'AliasName' };

/** The names of each runbook. */
const sources: Readonly<Record<string, readonly NameSource[]>> = {
  failback: [database, replica, standby, subnets, parameters, proxy, databaseKey, loadBalancer, planName],
  'restore-test': [
    database,
    subnets,
    { variable: 'VAULT', deployment: 'platform', resource: 'Data/ArchiveVault', property: 'BackupVaultName' },
    { variable: 'TEST_PLAN', deployment: 'platform', resource: 'Data/RestoreTesting', property: 'RestoreTestingPlanName' },
  ],
  'break-glass': [loadBalancer],
  patching: [database, replica, standby, proxy],
  failover: [
    { variable: 'ALARM', deployment: 'edge', resource: 'EdgeMonitoring/PrimaryHealth', property: 'AlarmName' },
    { variable: 'DASHBOARD', deployment: 'platform', in: 'secondary', resource: 'Monitoring/Dashboard', property: 'DashboardName' },
    replica,
    standby,
    loadBalancer,
    planName,
    { variable: 'CLUSTER', deployment: 'platform', in: 'secondary', resource: 'Compute/Cluster', property: 'ClusterName' },
    { variable: 'BACKEND', deployment: 'platform', in: 'secondary', resource: 'Compute/Backend', property: 'ServiceName' },
    secret,
  ],
  'dlq-replay': [
    { variable: 'QUEUE_DLQ', deployment: 'platform', resource: 'Data/QueueDeadLetters', property: 'QueueName' },
    { variable: 'PRIORITY_DLQ', deployment: 'platform', resource: 'Data/PriorityQueueDeadLetters', property: 'QueueName' },
    { variable: 'NOTIFICATION_DLQ', deployment: 'platform', resource: 'Data/NotificationQueueDeadLetters', property: 'QueueName' },
    { variable: 'PRIORITY_NOTIFICATION_DLQ', deployment: 'platform', resource: 'Data/PriorityNotificationQueueDeadLetters', property: 'QueueName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Compute/BackendLog', property: 'LogGroupName' },
    defaultKey,
  ],
  'password-rotation': [
    secret,
    database,
    standby,
    { variable: 'FUNCTION_NAME', deployment: 'platform', resource: 'Data/RotatePassword', property: 'FunctionName' },
    { variable: 'LOG', deployment: 'platform', resource: 'Data/RotatePasswordLog', property: 'LogGroupName' },
    { ...defaultKey, in: 'secondary' },
  ],
  'first-schema': [
    { variable: 'VPC', deployment: 'foundation', resource: 'Network/Vpc' },
    { variable: 'SUBNET', deployment: 'foundation', resource: 'Network/BackendSubnet1' },
    { variable: 'GROUP', deployment: 'foundation', resource: 'Network/BackendSecurityGroup', property: 'GroupName' },
    database,
    secret,
  ],
};

/** Runbooks with nothing to do in the second region. */
const primaryOnly: readonly string[] = ['first-schema'];

/**
 * The names that each runbook begins with, as a fenced block of shell. Environment and suffix are variables, so that the same
 * lines serve another environment.
 * @throws MeridianError when a resource or its name is no longer there
 */
export function runbookNames({ deployments, regions, short }: ResolvedEnvironment): ReadonlyMap<string, string> {
  const byParts = (name: string): string => name.replace(`-${short}-${defaultSuffix}`, '-$ENVIRONMENT-$SUFFIX').replace(`_${short}_${defaultSuffix}`, '_${ENVIRONMENT}_$SUFFIX');
  const fenced = (runbook: string, names: readonly NameSource[]): string =>
    [
      '```sh',
      `export ENVIRONMENT=${short} SUFFIX=${defaultSuffix} PRIMARY=${regions.primary}${primaryOnly.includes(runbook) ? '' : ` SECONDARY=${regions.secondary}`}`,
      ...names.map((source) => `${source.variable}="${byParts(nameOf(deployments, regions[source.in ?? 'primary'], source))}"`),
      '```',
    ].join('\n');
  return new Map(Object.entries(sources).map(([runbook, names]) => [runbook, fenced(runbook, names)]));
}

function nameOf(deployments: readonly ResolvedDeployment[], region: string, { deployment, resource, property }: NameSource): string {
  const { instance } = deployments.find((each) => each.deployment === deployment && each.region === region) ?? {};
  const properties = instance?.resource(resource)?.properties;
  const tags = [properties?.['Tags'] ?? []].flat() as readonly { readonly Key?: unknown; readonly Value?: unknown }[];
  const name = property === undefined ? tags.find(({ Key }) => Key === 'Name')?.Value : properties?.[property];
  if (typeof name !== 'string') throw new MeridianError(`Runbook name ${property ?? 'tag Name'} of ${resource} in ${deployment}, ${region}: the templates have none. Correct the list of names.`, 2);
  return name;
}
