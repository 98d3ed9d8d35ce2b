import { defaultSuffix } from '../../src/cfn/wires';
import { MeridianError } from '../../src/errors';
import type { ResolvedDeployment } from '../../src/resolve';
import type { ResolvedEnvironment } from './environment';

/** A name that a runbook uses: the shell variable, and the property of the resource that it is read from. */
interface NameSource {
  readonly variable: string;
  readonly deployment: string;
  /** @default the primary region */
  readonly in?: 'secondary';
  readonly resource: string;
  readonly property: string;
}

const database: NameSource = { variable: 'DATABASE', deployment: 'platform', resource: 'Data/Primary', property: 'DBInstanceIdentifier' };
const replica: NameSource = { variable: 'REPLICA', deployment: 'platform', resource: 'Data/ReadReplica', property: 'DBInstanceIdentifier' };
const standby: NameSource = { variable: 'STANDBY', deployment: 'platform', in: 'secondary', resource: 'Data/StandbyReplica', property: 'DBInstanceIdentifier' };
const subnets: NameSource = { variable: 'SUBNETS', deployment: 'platform', resource: 'Data/SubnetGroup', property: 'DBSubnetGroupName' };
const parameters: NameSource = { variable: 'PARAMETERS', deployment: 'platform', resource: 'Data/ParameterGroup', property: 'DBParameterGroupName' };
const proxy: NameSource = { variable: 'PROXY', deployment: 'platform', resource: 'Data/Proxy', property: 'DBProxyName' };
const loadBalancer: NameSource = { variable: 'LOAD_BALANCER', deployment: 'platform', resource: 'Compute/LoadBalancer', property: 'Name' };
const databaseKey: NameSource = { variable: 'KEY', deployment: 'foundation', resource: 'Security/DatabaseKeyAlias', property: 'AliasName' };

/** The names of each runbook that takes all its names from the templates. */
const sources: Readonly<Record<string, readonly NameSource[]>> = {
  failback: [database, replica, standby, subnets, parameters, proxy, databaseKey, loadBalancer, { variable: 'PLAN_NAME', deployment: 'edge', resource: 'EdgeDns/RegionSwitch', property: 'Name' }],
  'restore-test': [
    database,
    subnets,
    { variable: 'VAULT', deployment: 'platform', resource: 'Data/ArchiveVault', property: 'BackupVaultName' },
    { variable: 'TEST_PLAN', deployment: 'platform', resource: 'Data/RestoreTesting', property: 'RestoreTestingPlanName' },
  ],
  patching: [database, replica, standby, proxy],
};

/**
 * The names that each runbook begins with, as a fenced block of shell. Environment and suffix are variables, so that the same
 * lines serve another environment.
 * @throws MeridianError when a resource or its name is no longer there
 */
export function runbookNames({ deployments, regions, short }: ResolvedEnvironment): ReadonlyMap<string, string> {
  const byParts = (name: string): string => name.replace(`-${short}-${defaultSuffix}`, '-$ENVIRONMENT-$SUFFIX').replace(`_${short}_${defaultSuffix}`, '_${ENVIRONMENT}_$SUFFIX');
  const fenced = (names: readonly NameSource[]): string =>
    [
      '```sh',
      `export ENVIRONMENT=${short} SUFFIX=${defaultSuffix} PRIMARY=${regions.primary} SECONDARY=${regions.secondary}`,
      ...names.map((source) => `${source.variable}="${byParts(nameOf(deployments, regions[source.in ?? 'primary'], source))}"`),
      '```',
    ].join('\n');
  return new Map(Object.entries(sources).map(([runbook, names]) => [runbook, fenced(names)]));
}

function nameOf(deployments: readonly ResolvedDeployment[], region: string, { deployment, resource, property }: NameSource): string {
  const { instance } = deployments.find((each) => each.deployment === deployment && each.region === region) ?? {};
  const name = instance?.resource(resource)?.properties[property];
  if (typeof name !== 'string') throw new MeridianError(`Runbook name ${property} of ${resource} in ${deployment}, ${region}: the templates have none. Correct the list of names.`, 2);
  return name;
}
