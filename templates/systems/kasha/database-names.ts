import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';

/** The schema that is made with the database. */
export const databaseName = 'kasha';

/** The port that MySQL listens on everywhere. */
export const databasePort = 3306;

/** Identifier of the instance that writes. The secondary region knows its source by this name. */
export const primaryIdentifier = (t: TemplateBuilder<Parameters, unknown>): Name => t.resourceName('mysql-db');

/** Identifier of the read replica of a region; the secondary's only instance has it too. */
export const replicaIdentifier = (t: TemplateBuilder<Parameters, unknown>): Name => t.resourceName('mysql-read-replica');
