import type { PlacedResource } from '../system-index';
import type { RegionResources } from './region-resources';

/**
 * Ports that RDS gives an engine when a template names none, by the beginning of the engine's name.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
const enginePorts: readonly (readonly [engine: string, port: number])[] = [
  ['postgres', 5432],
  ['aurora-postgresql', 5432],
  ['mysql', 3306],
  ['aurora-mysql', 3306],
  ['mariadb', 3306],
  ['sqlserver', 1433],
  ['oracle', 1521],
  ['custom-oracle', 1521],
  ['db2', 50_000],
];

/**
 * The TCP port of a database or proxy: its own, its engine's, that of its parameter group's family where a copy names no engine, or that of the
 * database that it copies, wherever that stands. Undefined when none of them is known.
 */
export function databasePort(database: PlacedResource, region: RegionResources): number | undefined {
  const { Port, Engine, EngineFamily, SourceDBInstanceIdentifier, DBParameterGroupName } = database.properties;
  const own = Number(Port);
  if (Number.isInteger(own)) return own;
  const family = region.index.referredBy(DBParameterGroupName)[0]?.properties['Family'];
  const engine = [Engine, EngineFamily, family].find((each): each is string => typeof each === 'string')?.toLowerCase();
  const [, port] = enginePorts.find(([name]) => engine?.startsWith(name)) ?? [];
  const [source] = region.index.referredBy(SourceDBInstanceIdentifier).filter((each) => each.type === database.type && each !== database);
  return port ?? (source && databasePort(source, region));
}
